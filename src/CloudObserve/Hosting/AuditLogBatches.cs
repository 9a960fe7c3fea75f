using CloudObserve.Audit.Shipping;
using CloudObserve.Logs.Routing;
using CloudObserve.Logs.Wire;
using CloudObserve.Pipeline.Delivery;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Hosting;

/// <summary>Makes log events of records. The two signals do not know each other; the host that has both does.</summary>
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

        bool isTaken = assembler.TryAppend(time.ToUnixTimeMilliseconds(), record, now, out Batch? batch, out LossReason refusal);
        Add(full, batch);
        return isTaken ? null : refusal;
    }

    public void SealAll(DateTimeOffset now, List<Batch> batches)
    {
        foreach (LogBatchAssembler assembler in _assemblers.Values)
        {
            Add(batches, assembler.Seal(now));
        }

        // Streams that are named by the day would otherwise be kept for as many days as the process lives.
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
