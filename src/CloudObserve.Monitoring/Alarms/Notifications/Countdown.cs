namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Calls a callback once when a number of parts have finished, with the first failure.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class Countdown(int parts, Action<string?> finished)
{
    private int _open = parts;
    private string? _failure;

    internal void Finished(string? failure)
    {
        if (failure is not null)
        {
            _ = Interlocked.CompareExchange(ref _failure, failure, null);
        }

        if (Interlocked.Decrement(ref _open) == 0)
        {
            finished(Volatile.Read(ref _failure));
        }
    }
}
