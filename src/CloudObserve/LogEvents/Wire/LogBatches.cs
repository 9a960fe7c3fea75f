using CloudObserve.Delivery;
using CloudObserve.LogEvents.Routing;
using Microsoft.Extensions.Logging;

namespace CloudObserve.LogEvents.Wire;

/// <summary>Collects events in the open request of their log stream.</summary>
/// <remarks>Logs, audit shipping and the embedded metric format use it, each with its own instance.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class LogBatches(LogRouter router)
{
    private readonly Dictionary<LogRoute, LogBatchAssembler> _assemblers = [];
    private readonly List<LogRoute> _released = [];

    /// <inheritdoc cref="LogRouter.Route"/>
    internal LogRoute Route(string category, LogLevel level, DateTimeOffset time) => router.Route(category, level, time);

    /// <summary>Appends an event to the open request of its stream.</summary>
    /// <param name="route">The stream.</param>
    /// <param name="time">The time of the event.</param>
    /// <param name="message">The text of the event in UTF-8.</param>
    /// <param name="now">The current time.</param>
    /// <param name="full">The request that was sealed because the event did not fit, or <see langword="null"/>.</param>
    /// <returns>The reason why the event was refused; <see langword="null"/> if it was appended.</returns>
    internal LossReason? Append(LogRoute route, DateTimeOffset time, ReadOnlySpan<byte> message, DateTimeOffset now, out Batch? full) =>
        Append(route, time, message, now, LogEventTerms.One, out full);

    /// <summary>Appends an event with its own weight or expiry.</summary>
    internal LossReason? Append(
        LogRoute route, DateTimeOffset time, ReadOnlySpan<byte> message, DateTimeOffset now, LogEventTerms terms, out Batch? full)
    {
        if (!_assemblers.TryGetValue(route, out LogBatchAssembler? assembler))
        {
            _assemblers[route] = assembler = new LogBatchAssembler(route);
        }

        _ = assembler.TryAppend(time.ToUnixTimeMilliseconds(), message, now, terms, out full, out LossReason? refusal);
        return refusal;
    }

    /// <summary>Seals the open requests of all streams.</summary>
    /// <param name="now">The current time.</param>
    /// <param name="batches">Receives the requests.</param>
    internal void SealAll(DateTimeOffset now, List<Batch> batches)
    {
        foreach (LogBatchAssembler assembler in _assemblers.Values)
        {
            if (assembler.Seal(now) is { } batch)
            {
                batches.Add(batch);
            }
        }
    }

    /// <summary>Releases the state of streams without events since the last call.</summary>
    /// <remarks>
    /// Call it after <see cref="SealAll"/>. Streams whose name contains the date would otherwise be kept for as long as the process lives.
    /// </remarks>
    internal void ReleaseIdle()
    {
        router.ReleaseIdle(_released);
        foreach (LogRoute route in _released)
        {
            _ = _assemblers.Remove(route);
        }

        _released.Clear();
    }
}
