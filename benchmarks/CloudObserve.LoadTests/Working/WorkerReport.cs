using System.Diagnostics;
using System.Text.Json;
using CloudObserve.Delivery;

namespace CloudObserve.LoadTests.Working;

/// <summary>Reports the state of the process as one line of JSON.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class WorkerReport(Load load, ICloudObserve observe)
{
    internal void Print(string why)
    {
        using Process self = Process.GetCurrentProcess();
        GCMemoryInfo memory = GC.GetGCMemoryInfo();
        WorkerState state = new(
            why,
            load.Events,
            load.Samples,
            Environment.WorkingSet,
            memory.HeapSizeBytes,
            memory.TotalCommittedBytes,
            self.Threads.Count,
            Handles(self),
            GC.CollectionCount(2),
            Books("logs")!,
            Books("metrics")!,
            Costs(self, memory),
            Books("local-copy"),
            Books("local-files"));
        Console.WriteLine(JsonSerializer.Serialize(state));
    }

    private static WorkerCosts Costs(Process self, GCMemoryInfo memory) => new(
        Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency,
        Environment.CpuUsage.TotalTime.TotalSeconds,
        GC.GetTotalAllocatedBytes(),
        GC.GetTotalPauseDuration().TotalMilliseconds,
        LongestPause.Value.TotalMilliseconds,
        GC.CollectionCount(0),
        GC.CollectionCount(1),
        memory.GenerationInfo[1].SizeAfterBytes,
        memory.GenerationInfo[2].SizeAfterBytes,
        self.PeakWorkingSet64);

    private static int Handles(Process self) =>
        OperatingSystem.IsLinux() ? Directory.GetFiles("/proc/self/fd").Length : self.HandleCount;

    private WorkerBooks? Books(string signal)
    {
        if (!observe.Ledgers.TryGetValue(signal, out LedgerSnapshot? books))
        {
            return null;
        }

        return new WorkerBooks(
            books.Accepted, books.Delivered, books.Lost.ToDictionary(l => l.Key.ToString(), l => l.Value), books.InFlight, books.Spooled);
    }
}
