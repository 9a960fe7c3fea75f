using CloudObserve.Delivery;
using CloudObserve.Testing;
using CloudObserve.Tests.Pipeline.Delivery;
using CloudObserve.Tests.Pipeline.Spooling;

namespace CloudObserve.Tests.Scenarios;

/// <summary>A week of weather drawn at random, with processes that come and go in it, and the books checked after every step.</summary>
public sealed class SimulatedWeekTests : SpoolTestBase
{
    private const int BatchesPerStep = 3;
    private const int ItemsPerBatch = 20;

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public async Task Nothing_is_lost_in_a_week_but_what_the_service_will_never_take(int seed)
    {
        Random random = new(seed);
        StormyService service = new(seed);
        long written = 0;
        Sums gone = default;
        LoopFixture process = StartAt(Batches.Start, service);
        for (DateTimeOffset now = Batches.Start; now < Batches.Start + Week; now += Step)
        {
            service.Turn(random);
            for (int i = 0; i < BatchesPerStep; i++, written += ItemsPerBatch)
            {
                process.Enqueue(Batches.Make(
                    StormyService.Items(written, ItemsPerBatch), destination: $"stream {i}", createdAt: now,
                    acceptableUntil: now.AddDays(14)));
            }

            await LoopFixture.Until(() => process.Loop.Gauges.Requests == 0);
            process.Time.Advance(Step);
            Check(process, gone, written, service, isEnd: false);

            // Once a day or so a process ends in the middle of things, and the next one finds what it left.
            if (random.Next(144) == 0)
            {
                gone = await EndAsync(process, gone);
                process = StartAt(now + Step, service);
            }
        }

        service.Clear();
        LoopFixture last = process;
        await last.Drive(LoopFixture.Until(() => last.Ledger.Snapshot().InFlight == 0), TimeSpan.FromSeconds(30));
        await last.Close();
        Check(last, gone, written, service, isEnd: true);
        Assert.Empty(Files());
    }

    // What a process that is gone had accepted and left on disk is accepted by the next one again.
    private async Task<Sums> EndAsync(LoopFixture process, Sums gone)
    {
        await CloseAtOnce(process);
        EndProcess();
        LedgerSnapshot books = process.Ledger.Snapshot();
        return new Sums(gone.Delivered + books.Delivered, gone.Lost + books.TotalLost);
    }

    private LoopFixture StartAt(DateTimeOffset now, StormyService service)
    {
        LoopFixture process = Start(sink: service.Sink, start: false);
        process.Time.Advance(now - Batches.Start);
        process.Loop.Start();
        return process;
    }

    private static void Check(LoopFixture process, Sums gone, long written, StormyService service, bool isEnd)
    {
        // The service is asked after the books: what it has taken meanwhile can only be more.
        LedgerSnapshot books = process.Ledger.Snapshot();
        LossAssert.OnlyLost(new Dictionary<string, LedgerSnapshot> { ["things"] = books }, LossReason.Rejected);
        (long delivered, long lost) = (gone.Delivered + books.Delivered, gone.Lost + books.TotalLost);
        Assert.Equal(written, delivered + lost + books.InFlight);
        Assert.True(service.Distinct >= delivered, $"{delivered} are booked as delivered, and the service has {service.Distinct}.");
        if (isEnd)
        {
            Assert.Equal(StormyService.PoisonIn(written), lost);
            Assert.Equal((written - lost, written - lost), (delivered, service.Distinct));
            Assert.True(service.Duplicates <= service.Unanswered,
                $"{service.Duplicates} came twice, and {service.Unanswered} were not answered.");
        }
    }

    private readonly record struct Sums(long Delivered, long Lost);
}
