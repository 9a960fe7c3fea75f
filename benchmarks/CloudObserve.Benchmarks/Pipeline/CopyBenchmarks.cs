using System.Buffers;
using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks.Local;
using Microsoft.Extensions.Options;

namespace CloudObserve.Benchmarks.Pipeline;

/// <summary>Delivers a batch of 1,000 log events (200 kB) to a destination that answers at once, without and with a local copy.</summary>
/// <remarks>
/// <c>CopyOfTheBody</c> is the time that the copy adds on the thread that hands a batch to the delivery. The others wait until the batch is
/// delivered and copied. Their difference is the processor time of a copy, which another thread spends.
/// </remarks>
public class CopyBenchmarks
{
    private const int Batches = 16;
    private const int Events = 1_000;

    private readonly NothingSink _sink = new();
    private byte[] _body = [];
    private int[] _ends = [];
    private int _prefix;
    private DeliveryLoop _alone = null!;
    private DeliveryLoop _copied = null!;
    private CopyDelivery _copies = null!;

    [GlobalSetup]
    public void Setup()
    {
        DeliveryOptions options = new();
        FailingEvents events = new();
        EmbeddedCloudWatch cloudWatch = new(Options.Create(new LocalOptions()), TimeProvider.System);
        _copies = new CopyDelivery("copy", new LocalSink(cloudWatch), options, events, TimeProvider.System, static _ => false);
        _alone = new DeliveryLoop(new DeliveryTarget(_sink), options, new LossLedger("alone", events), events, TimeProvider.System);
        _copied = new DeliveryLoop(
            new DeliveryTarget(_sink, Copies: _copies), options, new LossLedger("copied", events), events, TimeProvider.System);
        _copies.Start();
        _alone.Start();
        _copied.Start();
        Write();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Batches)]
    public Task Alone() => DeliverAsync(_alone);

    [Benchmark(OperationsPerInvoke = Batches)]
    public async Task WithCopy()
    {
        await DeliverAsync(_copied);
        await _copies.FlushAsync(CancellationToken.None);
    }

    [Benchmark(OperationsPerInvoke = Batches)]
    public void CopyOfTheBody()
    {
        for (int i = 0; i < Batches; i++)
        {
            using Batch batch = Make();
            batch.Copy().Dispose();
        }
    }

    private async Task DeliverAsync(DeliveryLoop loop)
    {
        for (int i = 0; i < Batches; i++)
        {
            loop.Enqueue(Make());
        }

        await loop.FlushAsync(CancellationToken.None);
    }

    private Batch Make()
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(_body.Length);
        _body.CopyTo(rented, 0);
        return new Batch(
            new BatchHeader("PutLogEvents", "log group /shop, stream one", DateTimeOffset.UtcNow, DateTimeOffset.MaxValue),
            rented,
            _body.Length,
            _prefix,
            _ends,
            null);
    }

    private void Write()
    {
        StringBuilder body = new("""{"logGroupName":"/shop","logStreamName":"one","logEvents":[""");
        _prefix = body.Length;
        _ends = new int[Events];
        long time = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        string message = new('x', 160);
        for (int i = 0; i < Events; i++)
        {
            _ = body.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""{"timestamp":{{time}},"message":"{{message}}"}""");
            _ends[i] = body.Length;
        }

        _body = Encoding.ASCII.GetBytes(body.Append("]}").ToString());
    }

    private sealed class NothingSink : IBatchSink
    {
        public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken) =>
            ValueTask.FromResult(SendResult.Delivered());
    }
}
