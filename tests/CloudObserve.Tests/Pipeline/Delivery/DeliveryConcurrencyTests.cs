using System.Collections.Concurrent;
using CloudObserve.Delivery;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Delivery;

/// <summary>
/// Many threads enqueue and flush while the destination fails, the buffer overflows and another thread closes. The invariant: every item is
/// in the books once, a flush never ends before what its own thread had enqueued, and nothing is left: no batch, no timer, no request.
/// </summary>
public sealed class DeliveryConcurrencyTests
{
    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(4, 1_000_000)]
    [InlineData(4, 2_000)]
    [InlineData(16, 500)]
    public async Task Nothing_is_unaccounted_for_when_many_enqueue_and_flush_while_another_closes(int requests, int buffer)
    {
        const int threads = 8, each = 300;
        RecordingEvents events = new();
        LossLedger ledger = new("things", events);
        FaultySink sink = new();
        DeliveryOptions options = new()
        {
            MaxConcurrentRequests = requests,
            MaxBufferBytes = buffer,
            MaxRetryDelay = TimeSpan.FromMilliseconds(1),
        };
        DeliveryLoop loop = new(new(sink), options, ledger, events, TimeProvider.System);
        ConcurrentQueue<Batch> all = new();
        loop.Start();
        using CancellationTokenSource deadline = new();

        async Task ProduceAsync(int thread)
        {
            List<Batch> own = [];
            for (int i = 0; i < each; i++)
            {
                Batch batch = Batches.Make([$"t{thread}i{i}a", $"t{thread}i{i}b"], null, $"d{i % 5}", DateTimeOffset.MaxValue);
                all.Enqueue(batch);
                own.Add(batch);
                ledger.Accept(batch.Weight);
                loop.Enqueue(batch);
                if (i % 50 == 49)
                {
                    await loop.FlushAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);
                    Assert.All(own, b => Assert.True(Batches.IsDisposed(b)));
                }
            }
        }

        Task[] producers = [.. Enumerable.Range(0, threads).Select(t => Task.Run(() => ProduceAsync(t)))];
        await LoopFixture.Until(() => all.Count > threads * each * 2 / 3);
        Task closing = loop.CloseAsync(deadline.Token);
        Task again = loop.CloseAsync(CancellationToken.None);
        await Task.WhenAll(producers);
        await deadline.CancelAsync();
        await Task.WhenAll(closing, again).WaitAsync(LoopFixture.Safety);

        LedgerSnapshot books = ledger.Snapshot();
        Assert.Equal((2L * threads * each, 0L), (books.Accepted, books.InFlight));
        Assert.Equal(books.Delivered, sink.Taken);
        Assert.Equal(books.TotalLost, events.Losses.Sum(l => l.Count));
        await LoopFixture.Until(() => all.All(Batches.IsDisposed));
        Assert.Empty(events.Errors);
        Assert.Equal(default, loop.Gauges with { RequestLimit = 0 });
    }

    private sealed class FaultySink : IBatchSink
    {
        private long _taken;
        private int _attempts;

        internal long Taken => Interlocked.Read(ref _taken);

        public async ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
        {
            int attempt = Interlocked.Increment(ref _attempts);
            if (attempt % 2 == 0)
            {
                await Task.Yield();
            }

            switch (attempt % 7)
            {
                case 0:
                    return SendResult.Failed(ErrorClass.Throttled, "", "");
                case 1:
                    throw new IOException("broken");
                case 2 when batch.ItemCount > 1:
                    return SendResult.Failed(ErrorClass.Invalid, "", "");
                default:
                    Interlocked.Add(ref _taken, Batches.ItemsOf(batch).Length);
                    return SendResult.Delivered();
            }
        }
    }
}
