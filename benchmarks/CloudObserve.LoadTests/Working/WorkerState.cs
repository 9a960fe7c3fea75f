namespace CloudObserve.LoadTests.Working;

/// <summary>How the worker stands at one moment.</summary>
/// <param name="Why">What made it report: an order, or the time.</param>
/// <param name="Events">How many log events it has written.</param>
/// <param name="Samples">How many samples it has put.</param>
/// <param name="WorkingSet">The process's memory.</param>
/// <param name="Heap">The managed heap after the last collection.</param>
/// <param name="Committed">What the garbage collector has of the system.</param>
/// <param name="Threads">The process's threads.</param>
/// <param name="Handles">The process's open files, sockets and the like.</param>
/// <param name="Gen2">The full collections so far.</param>
/// <param name="Logs">The books of the logs.</param>
/// <param name="Metrics">The books of the metrics.</param>
/// <param name="Costs">What the process has cost so far.</param>
internal sealed record WorkerState(
    string Why,
    long Events,
    long Samples,
    long WorkingSet,
    long Heap,
    long Committed,
    int Threads,
    int Handles,
    int Gen2,
    WorkerBooks Logs,
    WorkerBooks Metrics,
    WorkerCosts Costs)
{
    /// <summary>Gets how much it has got done, which only grows.</summary>
    internal long Done => Events + Samples + Logs.Delivered + Metrics.Delivered;
}
