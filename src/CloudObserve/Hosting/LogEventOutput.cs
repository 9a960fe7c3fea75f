using CloudObserve.Logs.Routing;
using CloudObserve.Logs.Wire;
using CloudObserve.Metrics.EmbeddedFormat;
using CloudObserve.Pipeline.Delivery;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Hosting;

/// <summary>Gathers metric documents as events of a log stream: where metrics and logs meet, neither of which knows the other.</summary>
/// <remarks>
/// An event has the time it is written at, and its metrics the time in the document. So a late sample's event is neither out of order nor older
/// than its group's retention.
/// </remarks>
internal sealed class LogEventOutput(LogRouter router, TimeProvider time) : IDocumentOutput
{
    /// <summary>What stands for a category in names.</summary>
    internal const string Category = "Metrics";

    private readonly List<LogRoute> _released = [];
    private readonly List<Batch> _full = [];
    private LogRoute? _route;
    private LogBatchAssembler? _assembler;

    // What a whole event could hold until 2025, and what other services that read log events still take.
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

        bool taken = _assembler.TryAppend(now.ToUnixTimeMilliseconds(), document, now, new LogEventTerms(weight, acceptableUntil), out Batch? full, out LossReason refusal);
        Keep(full);
        return taken ? null : refusal;
    }

    public List<Batch> TakeBatches()
    {
        Seal(time.GetUtcNow());

        // A name with a date in it is another one each day; the router need not remember those of the past.
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
