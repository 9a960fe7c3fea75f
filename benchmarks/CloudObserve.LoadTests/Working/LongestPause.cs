namespace CloudObserve.LoadTests.Working;

/// <summary>Records the longest pause of the garbage collector.</summary>
/// <remarks>
/// The runtime provides only that of the last collection. An unreferenced object is finalized after each collection, reads the pause, and
/// creates its successor. Collections that follow each other faster than finalizers run may be missed.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LongestPause
{
    // Used by the finalizer thread only.
    private static long _seen;

    // Written by the finalizer thread and by the thread that resets it. Whether a simultaneous pause is kept or reset does not matter.
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
