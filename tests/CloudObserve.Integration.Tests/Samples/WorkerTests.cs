using CloudObserve.Integration.Tests.Storefront;

namespace CloudObserve.Integration.Tests.Samples;

public sealed class WorkerTests
{
    private static readonly string Program = BuiltProgram.PathOf("samples", "Worker");

    [Fact]
    public async Task Everything_that_a_worker_did_is_in_the_embedded_CloudWatch()
    {
        using RunningProgram worker = RunningProgram.Start(Program, [], "--duration", "4", "--rate", "50");
        await worker.EndedAsync();

        new WorkerReport(worker.Output).AssertEverythingArrived();
    }

    [PosixFact]
    public async Task A_worker_that_is_told_to_stop_empties_its_queue_first()
    {
        // Nearly as fast as the carriers answer: parcels wait, or are in hand, when the end comes.
        using RunningProgram worker = RunningProgram.Start(
            Program, [], "--rate", "700", "--Logging:Console:LogLevel:Worker.Parcels=Information",
            "--Logging:Console:LogToStandardErrorThreshold=None");
        await worker.PrintedAsync(line => line.Contains("Parcel 100 ", StringComparison.Ordinal));
        await worker.TerminateAsync();
        await worker.EndedAsync();

        new WorkerReport(worker.Output).AssertEverythingArrived();
    }

    [Fact]
    public async Task A_rate_that_makes_no_sense_is_refused_by_name()
    {
        using RunningProgram worker = RunningProgram.Start(Program, [], "--rate", "fast");

        await Assert.ThrowsAnyAsync<Exception>(worker.EndedAsync);
        Assert.Contains(worker.Errors, line => line.Contains("--rate is 'fast'", StringComparison.Ordinal));
    }
}
