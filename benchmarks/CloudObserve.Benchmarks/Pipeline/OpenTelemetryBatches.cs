using System.Buffers;
using OpenTelemetry;

namespace CloudObserve.Benchmarks.Pipeline;

/// <summary>OpenTelemetry's batch processor with records of the benchmark's own: a thread of its own reads, in batches, and looks at each.</summary>
/// <remarks>
/// It throws away what does not fit, and offers no way to wait. So it is given room for a whole round; the others have room for a part of one. Its thread begins when a
/// batch is full, as by default.
/// </remarks>
internal sealed class OpenTelemetryBatches(int room, Func<ReadOnlyMemory<byte>, int> look, int recordLength)
    : BatchExportProcessor<byte[]>(new Reader(look, recordLength), maxQueueSize: room, maxExportBatchSize: BatchRecords)
{
    private const int BatchRecords = 512;

    // Longer than a batch takes.
    private const int MostSpins = 200;

    private Reader Reading => (Reader)exporter;

    /// <summary>Waits until as many records have been read.</summary>
    /// <returns>What the looks came to.</returns>
    internal long ReadAll(int records)
    {
        // Its thread may go to rest with whole batches left, for as long as its delay is, when nothing more comes. So it is asked, but only when it stands still:
        // asking earlier would make batches smaller than they are.
        long before = -1;
        SpinWait wait = default;
        for (long read = 0; read < records; read = Reading.Records)
        {
            if (read != before)
            {
                before = read;
                wait.Reset();
            }
            else if (wait.Count > MostSpins)
            {
                _ = ForceFlush();
            }

            wait.SpinOnce(sleep1Threshold: -1);
        }

        return Reading.TakeSum();
    }

    private sealed class Reader(Func<ReadOnlyMemory<byte>, int> look, int recordLength) : BaseExporter<byte[]>
    {
        private long _records;
        private long _sum;

        internal long Records => Volatile.Read(ref _records);

        public override ExportResult Export(in Batch<byte[]> batch)
        {
            foreach (byte[] record in batch)
            {
                _sum += look(record.AsMemory(0, recordLength));
                ArrayPool<byte>.Shared.Return(record);
            }

            // Release: whoever sees the count sees the sum.
            Volatile.Write(ref _records, _records + batch.Count);
            return ExportResult.Success;
        }

        internal long TakeSum()
        {
            long sum = _sum;
            (_sum, _records) = (0, 0);
            return sum;
        }
    }
}
