using CloudObserve.Delivery;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Delivery;

public sealed class ShipmentTurnTests
{
    // Invariant: of the threads that give a shipment its turn, one succeeds, and the flow continues once, with its reason.
    [Fact]
    public async Task A_shipment_has_one_turn_whoever_gives_it()
    {
        const int rounds = 300;
        Interruption[] reasons = [Interruption.None, Interruption.Evicted, Interruption.Deadline, Interruption.Spilled];
        for (int i = 0; i < rounds; i++)
        {
            Shipment shipment = new(Batches.Of("item"));
            List<Interruption> seen = [];
            Task flow = FlowAsync(shipment, seen);
            using Barrier start = new(reasons.Length);
            bool[] given = await Task.WhenAll(reasons.Select(why => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return shipment.TryGiveTurn(why);
                },
                TaskCreationOptions.LongRunning)));

            Assert.Single(given, true);
            await flow.WaitAsync(LoopFixture.Safety);
            Assert.Equal(reasons[Array.IndexOf(given, true)], Assert.Single(seen));
        }
    }

    // The thread pool may have no free thread, so the thread that evicts a batch also records it.
    [Fact]
    public void An_evicted_batch_is_recorded_before_the_call_returns_whatever_the_context_of_the_caller()
    {
        Batch[] batches = [.. Enumerable.Range(0, 4).Select(i => Batches.Of($"item {i}"))];
        ScriptedSink sink = new((_, _) => SendResult.Delivered());
        LoopFixture fixture = new(sink, new DeliveryOptions { MaxBufferBytes = batches.Take(2).Sum(b => b.Body.Length) });
        SynchronizationContext? own = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new NeverContext());
        try
        {
            Array.ForEach(batches, fixture.Enqueue);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(own);
        }

        Assert.Equal(2, fixture.Ledger.Snapshot().Lost[LossReason.BufferFull]);
    }

    private static async Task FlowAsync(Shipment shipment, List<Interruption> seen)
    {
        await shipment.Turn.Inline();
        seen.Add(await shipment.Turn);
    }

    private sealed class NeverContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
