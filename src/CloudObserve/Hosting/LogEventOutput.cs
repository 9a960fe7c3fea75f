using CloudObserve.Delivery;
using CloudObserve.Logs.Routing;
using CloudObserve.Logs.Wire;
using CloudObserve.Metrics.EmbeddedFormat;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Hosting;

/// <summary>Collects embedded metric documents as events of a log stream.</summary>
/// <remarks>
/// Metrics and Logs do not reference each other, so this class is in Hosting. The event has the time at which it is written; the
/// metrics in it have the time in the document. So the event of a late sample is neither out of order nor older than the retention of its
/// group.
/// </remarks>
internal sealed class LogEventOutput(LogRouter router, TimeProvider time) : IDocumentOutput
{
    /// <summary>The text that replaces the <c>{category}</c> placeholder in names.</summary>
    internal const string Category = "Metrics";

    private readonly List<LogRoute> _released = [];
    private readonly List<Batch> _full = [];
    private LogRoute? _route;
    private LogBatchAssembler? _assembler;

    // The size limit of one log event until 2025. Other services that read log events still have this limit.
    public int PreferredBytes => 256 * 1024;

    public LossReason? TryAppend(ReadOnlySpan<byte> document, long weight, DateTimeOffset acceptableUntil)
    {
        DateTimeOffset now = time.GetUtcNow();
        LogRoute route = router.Route(Category, LogLevel.Information, now);
        if (route != _route || _assembler is null)
        {
            Seal(now);
            _route = route;
            _assembler = new LogBatchAssembler(route);
        }

        _ = _assembler.TryAppend(
            now.ToUnixTimeMilliseconds(), document, now, new LogEventTerms(weight, acceptableUntil), out Batch? full,
            out LossReason? refusal);
        Keep(full);
        return refusal;
    }

    public List<Batch> TakeBatches()
    {
        Seal(time.GetUtcNow());

        // A name that contains the date changes daily, so the router releases the names of past days.
        router.ReleaseIdle(_released);
        _released.Clear();
        List<Batch> taken = [.. _full];
        _full.Clear();
        return taken;
    }

    private void Seal(DateTimeOffset now) => Keep(_assembler?.Seal(now));

    private void Keep(Batch? batch)
    {
        if (batch is not null)
        {
            _full.Add(batch);
        }
    }
}
