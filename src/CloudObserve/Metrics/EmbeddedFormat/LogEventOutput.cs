using CloudObserve.Delivery;
using CloudObserve.LogEvents.Routing;
using CloudObserve.LogEvents.Wire;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Metrics.EmbeddedFormat;

/// <summary>Collects embedded metric documents as events of a log stream.</summary>
/// <remarks>
/// The event has the time at which it is written; the metrics in it have the time in the document. So the event of a late sample is neither
/// out of order nor older than the retention of its group.
/// </remarks>
internal sealed class LogEventOutput(LogRouter router, TimeProvider time) : IDocumentOutput
{
    /// <summary>The text that replaces the <c>{category}</c> placeholder in names.</summary>
    internal const string Category = "Metrics";

    private readonly LogBatches _batches = new(router);
    private readonly List<Batch> _full = [];

    // The size limit of one log event until 2025. Other services that read log events still have this limit.
    public int PreferredBytes => 256 * 1024;

    public LossReason? TryAppend(ReadOnlySpan<byte> document, long weight, DateTimeOffset acceptableUntil)
    {
        DateTimeOffset now = time.GetUtcNow();
        LogRoute route = _batches.Route(Category, LogLevel.Information, now);
        LossReason? refusal =
            _batches.Append(route, now, document, now, new LogEventTerms(weight, acceptableUntil), out Batch? full);
        if (full is not null)
        {
            _full.Add(full);
        }

        return refusal;
    }

    public List<Batch> TakeBatches()
    {
        _batches.SealAll(time.GetUtcNow(), _full);

        // A name that contains the date changes daily, so the names of past days are released.
        _batches.ReleaseIdle();
        List<Batch> taken = [.. _full];
        _full.Clear();
        return taken;
    }
}
