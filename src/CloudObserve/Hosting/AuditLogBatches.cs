using CloudObserve.Audit.Shipping;
using CloudObserve.Delivery;
using CloudObserve.Logs.Routing;
using CloudObserve.Logs.Wire;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Hosting;

/// <summary>Converts audit records to batches of log events.</summary>
/// <remarks>Audit and Logs do not reference each other, so this class is in Hosting.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class AuditLogBatches(LogRouter router) : IRecordBatches
{
    private const string Category = "Audit";

    private readonly Dictionary<LogRoute, LogBatchAssembler> _assemblers = [];
    private readonly List<LogRoute> _released = [];

    public LossReason? Append(DateTimeOffset time, ReadOnlySpan<byte> record, DateTimeOffset now, List<Batch> full)
    {
        LogRoute route = router.Route(Category, LogLevel.Information, time);
        if (!_assemblers.TryGetValue(route, out LogBatchAssembler? assembler))
        {
            _assemblers[route] = assembler = new LogBatchAssembler(route);
        }

        _ = assembler.TryAppend(time.ToUnixTimeMilliseconds(), record, now, out Batch? batch, out LossReason? refusal);
        Add(full, batch);
        return refusal;
    }

    public void SealAll(DateTimeOffset now, List<Batch> batches)
    {
        foreach (LogBatchAssembler assembler in _assemblers.Values)
        {
            Add(batches, assembler.Seal(now));
        }

        // Streams whose name contains the date would otherwise be kept for as long as the process lives.
        _assemblers.Clear();
        _released.Clear();
        router.ReleaseIdle(_released);
    }

    private static void Add(List<Batch> batches, Batch? batch)
    {
        if (batch is not null)
        {
            batches.Add(batch);
        }
    }
}
