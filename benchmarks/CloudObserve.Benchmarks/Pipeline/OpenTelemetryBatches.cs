using System.Buffers;
using OpenTelemetry;

namespace CloudObserve.Benchmarks.Pipeline;

/// <summary>Represents OpenTelemetry's batch processor with the benchmark's records.</summary>
/// <remarks>
/// Its own thread reads batches and examines each record. It drops records that do not fit and cannot wait for room. So it gets room for a
/// whole round, while the others have room for a part of one. Its thread starts when a batch is full, as by default.
/// </remarks>
internal sealed class OpenTelemetryBatches(int room, Func<ReadOnlyMemory<byte>, int> look, int recordLength)
    : BatchExportProcessor<byte[]>(new Reader(look, recordLength), maxQueueSize: room, maxExportBatchSize: BatchRecords)
{
    private const int BatchRecords = 512;

    // Longer than the processing of a batch.
    private const int MostSpins = 200;

    private Reader Reading => (Reader)exporter;

    /// <summary>Waits until a number of records have been read.</summary>
    /// <returns>The sum of the results.</returns>
    internal long ReadAll(int records)
    {
        // When nothing more arrives, its thread may sleep with complete batches left, for as long as its delay. So it is flushed, but only
        // when it makes no progress, because an earlier flush would create smaller batches.
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

            // Release: a thread that sees the count also sees the sum.
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
