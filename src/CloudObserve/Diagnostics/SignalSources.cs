namespace CloudObserve.Diagnostics;

/// <summary>The registered signals.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class SignalSources
{
    private SignalSource[] _all = [];

    internal void Register(SignalSource source)
    {
        // Copy on write: registered a few times at start, read on every scrape.
        SignalSource[] seen;
        do
        {
            seen = Volatile.Read(ref _all);
        }
        while (Interlocked.CompareExchange(ref _all, [.. seen, source], seen) != seen);
    }

    /// <summary>Reads every signal. A signal that cannot be read is left out and reported, because a scrape must not fail.</summary>
    internal List<KeyValuePair<string, SignalReading>> ReadAll()
    {
        SignalSource[] all = Volatile.Read(ref _all);
        List<KeyValuePair<string, SignalReading>> readings = new(all.Length);
        foreach (SignalSource source in all)
        {
            try
            {
                readings.Add(new(source.Signal, source.Read()));
            }
            catch (Exception exception)
            {
                CloudObserveEventSource.Log.InternalError(nameof(SignalSources), exception);
            }
        }

        return readings;
    }
}
