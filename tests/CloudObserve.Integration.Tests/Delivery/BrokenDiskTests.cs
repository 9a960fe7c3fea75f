using CloudObserve.LoadTests.Driving;
using CloudObserve.LoadTests.Working;
using CloudObserve.Testing;

namespace CloudObserve.Integration.Tests.Delivery;

/// <summary>Disks that fail while the service is out: the application runs on, and what is lost by it is counted and named.</summary>
[Collection(UnderLoad.Name)]
public sealed class BrokenDiskTests
{
    // Some ten times what the worker's memory for batches holds, so that the disk is needed.
    private const int Portion = 15_000;
    private const int Portions = 16;

    // The buffer before the batches has room for all events, so that it is never what is full.
    private static readonly string[] SmallMemory =
        ["--CloudObserve:Logs:BufferBytes=134217728", "--CloudObserve:Delivery:MaxBufferBytes=2097152",
            "--CloudObserve:Delivery:MaxRetryDelay=00:00:02"];

    [LinuxFact]
    public async Task A_disk_that_is_full_costs_what_does_not_fit_in_memory_and_says_so()
    {
        await using BrokenEndpoint endpoint = new();
        using WorkerProcess worker =
            await WorkerProcess.StartOnFullDiskAsync(endpoint.Aws.Url, endpoint.State, 64, [.. BrokenEndpoint.Settings, .. SmallMemory]);
        WorkerState end = await PlayAsync(endpoint, worker, () => { });

        AssertLost(endpoint, worker, end, "could not be spooled", "BufferFull");
    }

    [Fact]
    public async Task A_disk_that_is_not_to_be_written_to_any_more_costs_what_does_not_fit_in_memory_and_says_so()
    {
        await using BrokenEndpoint endpoint = new();
        WorkerProcess worker = await endpoint.StartAsync(SmallMemory);

        // A file where the directory should be: nobody can write below it, not even an administrator.
        string spool = Path.Combine(endpoint.State, "spool");
        WorkerState end = await PlayAsync(endpoint, worker, () => PutFileInPlaceOf(spool));

        AssertLost(endpoint, worker, end, "could not be spooled", "BufferFull", "SpoolDamaged");
    }

    [Fact]
    public async Task A_spool_that_is_removed_costs_what_lay_in_it_and_is_made_anew()
    {
        await using BrokenEndpoint endpoint = new();
        WorkerProcess worker = await endpoint.StartAsync(SmallMemory);
        WorkerState end = await PlayAsync(endpoint, worker, () => Remove(Path.Combine(endpoint.State, "spool")));

        AssertLost(endpoint, worker, end, "gone", "SpoolDamaged");
    }

    // Out of the way at once: the worker goes on writing, and would fill the directory again while it is being emptied.
    private static void Remove(string directory)
    {
        string aside = $"{directory}-{Guid.NewGuid():N}";
        Directory.Move(directory, aside);
        Directory.Delete(aside, recursive: true);
    }

    // The worker may make its directory anew before the file is there.
    private static void PutFileInPlaceOf(string directory)
    {
        while (!File.Exists(directory))
        {
            Remove(directory);
            try
            {
                File.Open(directory, FileMode.CreateNew).Dispose();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && Directory.Exists(directory))
            {
                continue;
            }
        }
    }

    // Half of the load comes before the harm is done, and half after it.
    private static async Task<WorkerState> PlayAsync(BrokenEndpoint endpoint, WorkerProcess worker, Action harm)
    {
        endpoint.Aws.Script.Always = Fault.Unavailable();
        for (int i = 0; i < Portions; i++)
        {
            if (i == Portions / 2)
            {
                _ = await worker.UntilAsync(s => s.Logs.Spooled > 0 || s.Logs.TotalLost > 0);
                harm();
            }

            WorkerState written = await worker.OrderAsync($"events {Portion}");
            _ = await worker.UntilAsync(s => s.Logs.Accepted >= written.Events);
        }

        endpoint.Aws.Script.Clear();
        _ = await worker.UntilAsync(s => s.Logs.InFlight == 0);
        return await worker.StopAsync();
    }

    private static void AssertLost(BrokenEndpoint endpoint, WorkerProcess worker, WorkerState end, string words, params string[] reasons)
    {
        const int Written = Portion * Portions;
        Assert.Equal(Written, end.Logs.Accepted);
        Assert.Equal(end.Logs.Accepted, end.Logs.Delivered + end.Logs.TotalLost);
        Assert.Equal(reasons, end.Logs.Lost.Keys.Order());
        Assert.InRange(end.Logs.TotalLost, 1, Written - 1);
        Assert.Equal((end.Logs.Delivered, 0), (endpoint.Arrivals.Distinct, endpoint.Arrivals.Duplicates));
        Assert.Contains(words, worker.Errors, StringComparison.Ordinal);
    }
}
