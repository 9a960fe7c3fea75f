using CloudObserve.LoadTests.Driving;
using CloudObserve.LoadTests.Working;
using CloudObserve.Testing;

namespace CloudObserve.Integration.Tests.Delivery;

/// <summary>Processes that end while the service is out, each in another way, and the next one that finds what they left.</summary>
[Collection(UnderLoad.Name)]
public sealed class CrashTests
{
    private const int Rate = 2_000;

    // What the worker has not yet made a batch of when it dies: its flush interval, and a report that may be half a second old, twice.
    private const int SecondsBeforeBatches = 3;
    private const int SpillAfterSeconds = 2;

    // What may pass between two looks at the queues, on a machine that is busy.
    private const int SecondsOfGrace = 3;

    [Fact]
    public async Task A_killed_process_loses_no_more_than_the_spill_time_and_the_next_one_delivers_the_rest()
    {
        await using BrokenEndpoint endpoint = new();
        endpoint.Aws.Script.Always = Fault.Unavailable();
        WorkerProcess first = await endpoint.StartAsync(
            $"--events={Rate}", $"--samples={Rate}", $"--CloudObserve:Delivery:Spool:SpillAfter=00:00:0{SpillAfterSeconds}");

        // At a moment of the load's own making: nothing is waited for but that there has been a lot of it.
        WorkerState last = await first.UntilAsync(s => s.Events >= 10 * Rate && s.Logs.Spooled > 0 && s.Metrics.Spooled > 0);
        first.Kill();
        _ = await first.EndAsync();
        WorkerState next = await endpoint.RecoverAsync(s => s.Logs.Accepted > 0 && s.Logs.InFlight == 0 && s.Metrics.InFlight == 0);

        Assert.True(endpoint.Arrivals.Distinct >= last.Logs.Spooled,
            $"{last.Logs.Spooled} events had been spooled, and {endpoint.Arrivals.Distinct} arrived.");
        Assert.True(endpoint.Arrivals.Samples >= last.Metrics.Spooled,
            $"{last.Metrics.Spooled} samples had been spooled, and {endpoint.Arrivals.Samples} arrived.");
        Assert.Equal((0, 0), (next.Logs.TotalLost, next.Metrics.TotalLost));
        const int Window = (SpillAfterSeconds + SecondsBeforeBatches + SecondsOfGrace) * Rate;
        long settled = Math.Max(0, last.Events - Window);
        Assert.Equal(0, endpoint.Arrivals.MissingOf(settled));
        Assert.True(settled > 0);
    }

    [PosixTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_process_that_is_told_to_stop_while_the_service_is_out_ends_in_time_and_spools_everything(bool hangs)
    {
        await using BrokenEndpoint endpoint = new();
        endpoint.Aws.Script.Always = hangs ? Fault.Hang(new TaskCompletionSource().Task) : Fault.CutBeforeAcceptance();
        WorkerProcess first = await endpoint.StartAsync("--shutdownTimeoutSeconds=5");
        _ = await first.OrderAsync("samples 3000");
        _ = await first.OrderAsync("events 3000");
        long start = TimeProvider.System.GetTimestamp();
        await first.TerminateAsync();
        WorkerState end = await first.UntilAsync(s => s.Why == "stopped");

        Assert.Equal(0, await first.EndAsync());
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(5 + SecondsOfGrace));
        Assert.Equal((3000, 0, 3000, 3000), (end.Logs.Accepted, end.Logs.TotalLost, end.Logs.InFlight, end.Logs.Spooled));
        Assert.Equal((3000, 0, 3000, 3000), (end.Metrics.Accepted, end.Metrics.TotalLost, end.Metrics.InFlight, end.Metrics.Spooled));

        _ = await endpoint.RecoverAsync(s => s.Logs.Delivered == 3000 && s.Metrics.Delivered == 3000);
        Assert.Equal((3000, 0, 3000), (endpoint.Arrivals.Distinct, endpoint.Arrivals.Duplicates, endpoint.Arrivals.Samples));
    }

    [Theory]
    [InlineData("crash")]
    [InlineData("exit 3")]
    public async Task A_process_that_dies_of_an_exception_or_exits_spools_what_it_has_first(string order)
    {
        await using BrokenEndpoint endpoint = new();
        endpoint.Aws.Script.Always = Fault.Unavailable();
        WorkerProcess first = await endpoint.StartAsync();
        _ = await first.OrderAsync("samples 3000");
        _ = await first.OrderAsync("events 3000");
        await first.TellAsync(order);
        Assert.NotEqual(0, await first.EndAsync());
        Assert.Equal(order == "crash", first.Errors.Contains("told to crash", StringComparison.Ordinal));

        _ = await endpoint.RecoverAsync(s => s.Logs.Delivered == 3000 && s.Metrics.Delivered == 3000);
        Assert.Equal((3000, 0, 3000), (endpoint.Arrivals.Distinct, endpoint.Arrivals.Duplicates, endpoint.Arrivals.Samples));
    }

    [Theory]
    [InlineData("crash")]
    [InlineData("exit 3")]
    public async Task A_process_that_dies_of_an_exception_or_exits_while_all_is_well_delivers_what_it_has_first(string order)
    {
        await using BrokenEndpoint endpoint = new();
        WorkerProcess worker = await endpoint.StartAsync("--CloudObserve:Delivery:Spool:Enabled=false");
        _ = await worker.OrderAsync("samples 3000");
        _ = await worker.OrderAsync("events 3000");
        await worker.TellAsync(order);
        Assert.NotEqual(0, await worker.EndAsync());

        Assert.Equal((3000, 0, 3000), (endpoint.Arrivals.Distinct, endpoint.Arrivals.Duplicates, endpoint.Arrivals.Samples));
    }
}
