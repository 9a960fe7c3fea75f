namespace CloudObserve.LoadTests.Working;

/// <summary>Represents the state of the worker at one moment.</summary>
/// <param name="Why">The cause of the report: a command, or the timer.</param>
/// <param name="Events">The number of log events written.</param>
/// <param name="Samples">The number of samples put.</param>
/// <param name="WorkingSet">The working set of the process.</param>
/// <param name="Heap">The managed heap after the last collection.</param>
/// <param name="Committed">The memory that the garbage collector has committed.</param>
/// <param name="Threads">The number of threads.</param>
/// <param name="Handles">The number of handles, such as open files and sockets.</param>
/// <param name="Gen2">The number of full collections.</param>
/// <param name="Logs">The ledger of the logs.</param>
/// <param name="Metrics">The ledger of the metrics.</param>
/// <param name="Costs">The resource usage so far.</param>
/// <param name="Copy">The books of the local copy, if there is one.</param>
/// <param name="Kept">The books of the files of the embedded CloudWatch, if there are any.</param>
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
    WorkerCosts Costs,
    WorkerBooks? Copy,
    WorkerBooks? Kept)
{
    /// <summary>Gets a measure of the completed work, which never decreases.</summary>
    internal long Done => Events + Samples + Logs.Delivered + Metrics.Delivered;
}
