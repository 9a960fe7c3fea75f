namespace CloudObserve.LoadTests.Working;

/// <summary>Knows the longest pause of the garbage collector, of which the runtime keeps only the last collection's.</summary>
/// <remarks>An object that nobody holds is finalized after each collection, looks at it, and leaves another in its place. Collections that follow each other faster
/// than finalizers run may be missed.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LongestPause
{
    // Of the finalizer's thread alone.
    private static long _seen;

    // Written by the finalizer's thread and by who forgets; that a pause of just then is forgotten or kept is all the same.
    private static long _ticks;

    ~LongestPause()
    {
        long last = _seen;
        Note(GC.GetGCMemoryInfo(GCKind.Background), last);
        Note(GC.GetGCMemoryInfo(GCKind.Any), last);
        Watch();
    }

    internal static TimeSpan Value => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    internal static void Watch() => _ = new LongestPause();

    internal static void Forget() => Interlocked.Exchange(ref _ticks, 0);

    private static void Note(in GCMemoryInfo collection, long last)
    {
        if (collection.Index <= last)
        {
            return;
        }

        _seen = Math.Max(_seen, collection.Index);
        foreach (TimeSpan pause in collection.PauseDurations)
        {
            _ = Interlocked.Exchange(ref _ticks, Math.Max(Interlocked.Read(ref _ticks), pause.Ticks));
        }
    }
}
