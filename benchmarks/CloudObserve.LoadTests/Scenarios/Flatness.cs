using CloudObserve.LoadTests.Working;

namespace CloudObserve.LoadTests.Scenarios;

/// <summary>Determines whether a fluctuating value has grown, by comparing the maximum of the second half with that of the first.</summary>
internal static class Flatness
{
    // The garbage collector allocates memory in steps and releases it later.
    private const long MemorySlack = 48L << 20;

    // The thread pool occasionally tries an additional thread, and a new connection may be opened before the old one is closed.
    private const long CountSlack = 10;

    internal static void Check(Stage stage, IReadOnlyList<WorkerState> during)
    {
        WorkerState[] earlier = [.. during.Take(during.Count / 2)];
        WorkerState[] later = [.. during.Skip(during.Count / 2)];
        (long before, long after) = (earlier.Max(s => s.WorkingSet), later.Max(s => s.WorkingSet));
        stage.Check(after <= before + (before / 8) + MemorySlack, $"memory grew from {Mib(before)} to {Mib(after)} MiB");
        (int threadsBefore, int threadsAfter) = (earlier.Max(s => s.Threads), later.Max(s => s.Threads));
        stage.Check(threadsAfter <= threadsBefore + CountSlack, $"threads grew from {threadsBefore} to {threadsAfter}");
        (int handlesBefore, int handlesAfter) = (earlier.Max(s => s.Handles), later.Max(s => s.Handles));
        stage.Check(handlesAfter <= handlesBefore + CountSlack, $"handles grew from {handlesBefore} to {handlesAfter}");
        stage.Figure($"memory {Mib(before)} then {Mib(after)} MiB, heap {Mib(later.Max(s => s.Heap))} MiB, threads {threadsBefore} then {threadsAfter}, handles {handlesBefore} then {handlesAfter}, gen2 {during[^1].Gen2 - during[0].Gen2}");
    }

    private static long Mib(long bytes) => bytes >> 20;
}
