namespace CloudObserve.Diagnostics;

/// <summary>Derives outages from failures and successes: their beginning, their end, and those that continue.</summary>
/// <remarks>All times are monotonic (<see cref="PassedTime"/>), so changes of the clock do not affect the duration of an outage.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class Outages
{
    /// <summary>
    /// The maximum number of separate destinations. Further ones share one outage, so that names built from data cannot fill the memory.
    /// </summary>
    internal const int MostDestinations = 256;

    /// <summary>The time after which an outage without a further attempt is removed. It is longer than the longest retry pause.</summary>
    internal static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(15);

    private const string Others = "(other destinations)";
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Signal, string Operation, string Destination), Outage> _active = [];

    /// <returns>Whether this is the first failure, or the first of another class.</returns>
    internal bool Failed(in FailedAttempt attempt, TimeSpan now)
    {
        (string signal, string operation, string destination, string errorClass, string code, string message) = attempt;
        lock (_lock)
        {
            Forget(now);
            (string, string, string) key = KeyOf(signal, operation, destination);
            _active.TryGetValue(key, out Outage? before);
            _active[key] = new Outage(
                signal, operation, key.Item3, errorClass, code, message, attempt.Hint, before?.Since ?? now, now,
                (before?.Failures ?? 0) + 1);
            return before is null || before.ErrorClass != errorClass;
        }
    }

    /// <returns>The outage that ended with this success, if there was one.</returns>
    internal Outage? Delivered(string signal, string operation, string destination)
    {
        lock (_lock)
        {
            // The usual case costs one check of an empty dictionary.
            return _active.Count > 0 && _active.Remove(KeyOf(signal, operation, destination), out Outage? ended) ? ended : null;
        }
    }

    internal List<Outage> Active(TimeSpan now)
    {
        lock (_lock)
        {
            Forget(now);
            return [.. _active.Values];
        }
    }

    private (string, string, string) KeyOf(string signal, string operation, string destination)
    {
        (string, string, string) key = (signal, operation, destination);
        return _active.Count < MostDestinations || _active.ContainsKey(key) ? key : (signal, operation, Others);
    }

    private void Forget(TimeSpan now)
    {
        foreach ((var key, Outage outage) in _active)
        {
            if (now - outage.LastFailure > ForgottenAfter)
            {
                _active.Remove(key);
            }
        }
    }
}
