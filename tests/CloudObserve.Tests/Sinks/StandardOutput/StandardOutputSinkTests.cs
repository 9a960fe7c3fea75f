using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Metrics;
using CloudObserve.Metrics.EmbeddedFormat;
using CloudObserve.Sinks.StandardOutput;
using CloudObserve.Testing;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Sinks.StandardOutput;

public sealed class StandardOutputSinkTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Lines_are_written_whole_however_many_write_at_once()
    {
        Piecewise output = new();
        StandardOutputSink sink = new(() => output, MetricLossReasons.OutputBroken);
        string[][] lines = [
            .. Enumerable.Range(0, 64)
                .Select(b => Enumerable.Range(0, 20).Select(l => $"{{\"batch\":{b},\"line\":{l},\"text\":\"{new string('x', b * l)}\"}}")
                    .ToArray())];

        SendResult[] results = await Task.WhenAll(lines.Select(l => sink.SendAsync(BatchOf(l), CancellationToken.None).AsTask()));

        Assert.All(results, r => Assert.True(r is { Error: ErrorClass.None, Rejected.Count: 0 }));
        string written = Encoding.UTF8.GetString(output.ToArray());
        Assert.EndsWith("\n", written, StringComparison.Ordinal);
        Assert.Equal(lines.SelectMany(l => l).Order(), written.TrimEnd('\n').Split('\n').Order());
    }

    [Fact]
    public async Task A_batch_waits_for_its_turn_and_can_be_called_off_until_then()
    {
        using ManualResetEventSlim read = new();
        Stalled output = new(read);
        StandardOutputSink sink = new(() => output, MetricLossReasons.OutputBroken);
        Task<SendResult> first = sink.SendAsync(BatchOf(["{}"]), CancellationToken.None).AsTask();
        using CancellationTokenSource calledOff = new();
        Task<SendResult> second = sink.SendAsync(BatchOf(["{}"]), calledOff.Token).AsTask();

        // Were the second one writing too, nothing could stop it any more, and it would hang like the first.
        await calledOff.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.WaitAsync(LoopFixture.Safety));
        read.Set();

        Assert.Equal(ErrorClass.None, (await first.WaitAsync(LoopFixture.Safety)).Error);
        Assert.Equal(1, output.Writes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_closed_output_is_a_loss_with_its_reason_and_never_an_exception(bool whenOpened)
    {
        MemoryStream closed = new();
        closed.Dispose();
        LoopFixture fixture = new(
            new StandardOutputSink(() => whenOpened ? throw new IOException("Broken pipe") : closed, MetricLossReasons.OutputBroken),
            ownReasons: MetricLossReasons.All);
        fixture.Loop.Start();
        fixture.Enqueue(BatchOf(["{}", "{}"], weight: 5));
        fixture.Enqueue(BatchOf(["{}"], weight: 7));

        await fixture.Loop.FlushAsync(CancellationToken.None).WaitAsync(LoopFixture.Safety);

        LedgerSnapshot books = fixture.Ledger.Snapshot();
        Assert.Equal((17, 0, 0), (books.Accepted, books.Delivered, books.InFlight));
        Assert.Equal([new(MetricLossReasons.OutputBroken, 17)], books.Lost);
        Assert.Contains(fixture.Events.Losses, l => l.Detail.Contains("standard output cannot be written", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reader_that_stops_reading_holds_neither_a_flush_that_is_cancelled_nor_the_end()
    {
        using ManualResetEventSlim read = new();
        LoopFixture fixture = new(new StandardOutputSink(() => new Stalled(read), MetricLossReasons.OutputBroken));
        fixture.Loop.Start();
        fixture.Enqueue(BatchOf(["{}"]));
        fixture.Enqueue(BatchOf(["{}"]));
        using CancellationTokenSource deadline = new();
        Task closing = fixture.Loop.CloseAsync(deadline.Token);

        await deadline.CancelAsync();
        await closing.WaitAsync(LoopFixture.Safety);

        Assert.Equal([new(LossReason.ShutdownDeadline, 2)], fixture.Ledger.Snapshot().Lost);
        read.Set();
    }

    private static Batch BatchOf(string[] lines, long weight = 1)
    {
        LineOutput output = new(new ManualTimeProvider(Now));
        foreach (string line in lines)
        {
            _ = output.TryAppend(Encoding.UTF8.GetBytes(line), weight, Now.AddDays(14));
        }

        return Assert.Single(output.TakeBatches());
    }

    /// <summary>Takes what is written a few bytes at a time, as a pipe may, and lets others run in between.</summary>
    private sealed class Piecewise : MemoryStream
    {
        private const int Piece = 512;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            // Whoever prints through the console meanwhile must wait.
            Assert.True(Monitor.IsEntered(Console.Out));
            while (!buffer.IsEmpty)
            {
                int length = Math.Min(Piece, buffer.Length);
                lock (this)
                {
                    base.Write(buffer[..length]);
                }

                buffer = buffer[length..];
                _ = Thread.Yield();
            }
        }
    }

    private sealed class Stalled(ManualResetEventSlim read) : MemoryStream
    {
        internal int Writes { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Writes++;
            read.Wait();
        }
    }
}
