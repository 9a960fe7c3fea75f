using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Channels;
using System.Threading.Tasks.Dataflow;
using BenchmarkDotNet.Attributes;
using CloudObserve.Pipeline.Buffering;

namespace CloudObserve.Benchmarks.Pipeline;

/// <summary>Measures the transfer of a 200-byte record from a writer's buffer to the reader, with several concurrent writers.</summary>
/// <remarks>
/// <para>Target: five times the throughput of a bounded channel, and never slower than a <see cref="ConcurrentQueue{T}"/>.</para>
/// <para>
/// The others transfer arrays that are rented from the pool and returned, as an efficient user would do. All hold about the same number of
/// records and wait in the same way for room and for records, except collections with their own way of waiting. The queue is unbounded, and
/// OpenTelemetry's batch processor, which cannot wait, has room for all records. The baseline is the time for copying the bytes.
/// </para>
/// </remarks>
public class RingBenchmarks
{
    private const int Records = 1 << 16;
    private const int RecordLength = 200;
    private const int RingCapacity = 1 << 20;
    private const int Slots = RingCapacity / (RecordLength + 8);

    // The number of records that the reader takes before it releases their space. It also releases when it finds no more.
    private const int ReleaseEvery = 64;

    private readonly byte[] _source = new byte[RecordLength];
    private readonly ByteRing _ring = new(RingCapacity);
    private readonly ConcurrentQueue<byte[]> _queue = new();
    private readonly BlockingCollection<byte[]> _collection = new(Slots);
    private readonly Channel<byte[]> _channel = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Slots) { SingleReader = true });

    private readonly BatchBlock<byte[]> _block = new(ReleaseEvery, new GroupingDataflowBlockOptions { BoundedCapacity = Slots });
    private readonly OpenTelemetryBatches _batches = new(Records, static record => Look(record.Span), RecordLength);

    private RingReaderWait _wait = null!;
    private Barrier _round = null!;
    private Thread[] _writers = null!;
    private Action<int>? _write;

    /// <summary>Gets or sets the number of writing threads.</summary>
    [Params(1, 2, 4, 8)]
    public int Producers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random.Shared.NextBytes(_source);
        _wait = new RingReaderWait(_ring, RingCapacity / 4, TimeProvider.System);
        _round = new Barrier(Producers + 1);
        _writers = [.. Enumerable.Range(0, Producers).Select(_ => new Thread(WriteRounds))];
        Array.ForEach(_writers, t => t.Start());
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _write = null;
        _round.SignalAndWait();
        Array.ForEach(_writers, t => t.Join());
        _round.Dispose();
        _wait.Dispose();
        _collection.Dispose();
        _batches.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Records)]
    public void BoundedChannel()
    {
        Begin(count =>
        {
            ChannelWriter<byte[]> writer = _channel.Writer;
            for (int i = 0; i < count; i++)
            {
                byte[] record = RentCopy();
                SpinWait wait = default;
                while (!writer.TryWrite(record))
                {
                    wait.SpinOnce(sleep1Threshold: -1);
                }
            }
        });
        ReadPooled(_channel, static (ChannelReader<byte[]> from, out byte[]? record) => from.TryRead(out record));
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public void UnboundedConcurrentQueue()
    {
        Begin(count =>
        {
            for (int i = 0; i < count; i++)
            {
                _queue.Enqueue(RentCopy());
            }
        });
        ReadPooled(_queue, static (ConcurrentQueue<byte[]> from, out byte[]? record) => from.TryDequeue(out record));
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public void BlockingCollection()
    {
        Begin(count =>
        {
            for (int i = 0; i < count; i++)
            {
                _collection.Add(RentCopy());
            }
        });
        ReadPooled(_collection, static (BlockingCollection<byte[]> from, out byte[]? record) => (record = from.Take()) is not null);
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public void DataflowBatchBlock()
    {
        Begin(count =>
        {
            for (int i = 0; i < count; i++)
            {
                byte[] record = RentCopy();
                SpinWait wait = default;
                while (!_block.Post(record))
                {
                    wait.SpinOnce(sleep1Threshold: -1);
                }
            }
        });
        long sum = 0;
        SpinWait wait = default;
        for (int read = 0; read < Records;)
        {
            if (!_block.TryReceive(out byte[][]? records))
            {
                wait.SpinOnce(sleep1Threshold: -1);
                continue;
            }

            foreach (byte[] record in records)
            {
                sum += Look(record.AsSpan(0, RecordLength));
                ArrayPool<byte>.Shared.Return(record);
            }

            read += records.Length;
            wait.Reset();
        }

        End(sum);
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public void OpenTelemetryBatchProcessor()
    {
        Begin(count =>
        {
            for (int i = 0; i < count; i++)
            {
                _batches.OnEnd(RentCopy());
            }
        });
        End(_batches.ReadAll(Records));
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public void CopyAlone()
    {
        Begin(count =>
        {
            byte[] own = ArrayPool<byte>.Shared.Rent(RingCapacity);
            for (int i = 0, at = 0; i < count; i++, at += RecordLength)
            {
                at = at > RingCapacity - RecordLength ? 0 : at;
                _source.CopyTo(own, at);
            }

            ArrayPool<byte>.Shared.Return(own);
        });
        End((long)Records * Look(_source));
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public void Ring()
    {
        Begin(WriteToRing);
        int read = 0;
        long sum = 0;
        SpinWait wait = default;
        while (read < Records)
        {
            int before = read;
            while (read - before < ReleaseEvery && _ring.TryRead(out ReadOnlySpan<byte> record))
            {
                sum += Look(record);
                read++;
            }

            _ring.Release();
            if (read == before)
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
            else
            {
                wait.Reset();
            }
        }

        End(sum);
    }

    private delegate bool TryTake<TFrom>(TFrom from, out byte[]? record);

    private static int Look(ReadOnlySpan<byte> record) => record[0] + record[^1];

    private byte[] RentCopy()
    {
        byte[] record = ArrayPool<byte>.Shared.Rent(RecordLength);
        _source.CopyTo(record, 0);
        return record;
    }

    private void WriteToRing(int count)
    {
        for (int i = 0; i < count; i++)
        {
            RingClaim claim;
            SpinWait wait = default;
            while (!_ring.TryClaim(RecordLength, out claim))
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }

            _source.CopyTo(claim.Span);
            _ring.Publish(claim);
            _wait.Written(claim);
        }
    }

    private void ReadPooled<TFrom>(TFrom from, TryTake<TFrom> tryTake)
    {
        long sum = 0;
        SpinWait wait = default;
        for (int read = 0; read < Records;)
        {
            if (!tryTake(from, out byte[]? record))
            {
                wait.SpinOnce(sleep1Threshold: -1);
                continue;
            }

            sum += Look(record.AsSpan(0, RecordLength));
            ArrayPool<byte>.Shared.Return(record!);
            read++;
            wait.Reset();
        }

        End(sum);
    }

    private void Begin(Action<int> write)
    {
        _write = write;
        _round.SignalAndWait();
    }

    private void End(long sum)
    {
        _round.SignalAndWait();
        if (sum != (long)Records * Look(_source))
        {
            throw new InvalidOperationException("A record was lost or damaged.");
        }
    }

    private void WriteRounds()
    {
        while (true)
        {
            _round.SignalAndWait();
            if (_write is not { } write)
            {
                return;
            }

            write(Records / Producers);
            _round.SignalAndWait();
        }
    }
}
