using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CloudObserve.Contracts;
using CloudObserve.Delivery;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Pipeline.Buffering;

namespace CloudObserve.Metrics.Wire;

/// <summary>Encodes collected series as PutMetricData requests in AWS JSON 1.0, one request body per batch.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class MetricDataEncoder(int maxDatumsPerSeries, TimeProvider time) : IMetricEncoder
{
    /// <summary>The operation's name, as used by the sinks.</summary>
    internal const string Operation = "PutMetricData";

    private readonly Dictionary<string, BatchBuilder> _builders = new(StringComparer.Ordinal);
    private readonly DatumValues _values = new();
    private readonly List<Batch> _batches = [];

    public long Taken { get; private set; }

    /// <summary>Adds the samples of one series in one period, as several datums if one cannot hold them.</summary>
    public void Add(SeriesIdentity series, ValueTable table, DateTimeOffset periodStart)
    {
        _values.Load(table, maxDatumsPerSeries * ServiceLimits.PutMetricData.MaxValues);
        BatchBuilder builder = BuilderOf(series.Namespace);
        BatchHeader header = HeaderOf(series.Namespace);
        for (int start = 0; start < _values.Values.Count; start += ServiceLimits.PutMetricData.MaxValues)
        {
            int count = Math.Min(ServiceLimits.PutMetricData.MaxValues, _values.Values.Count - start);
            long weight = WriteDatum(builder, series, periodStart, start, count);
            if (!builder.TryEndItem(weight, periodStart + ServiceLimits.MaxAge, header, out Batch? full))
            {
                throw new UnreachableException("A datum of 150 values and 30 dimensions must be smaller than a request");
            }

            Taken += weight;
            if (full is not null)
            {
                _batches.Add(full);
            }
        }
    }

    public List<Batch> TakeBatches()
    {
        foreach ((string name, BatchBuilder builder) in _builders)
        {
            if (builder.Seal(HeaderOf(name)) is { } batch)
            {
                _batches.Add(batch);
            }
        }

        List<Batch> taken = [.. _batches];
        _batches.Clear();
        return taken;
    }

    private long WriteDatum(BatchBuilder builder, SeriesIdentity series, DateTimeOffset periodStart, int start, int count)
    {
        builder.BeginItem();
        try
        {
            return WriteItem(builder, series, periodStart, start, count);
        }
        catch
        {
            // A partial datum would make the whole request invalid.
            builder.AbandonItem();
            throw;
        }
    }

    private long WriteItem(BatchBuilder builder, SeriesIdentity series, DateTimeOffset periodStart, int start, int count)
    {
        builder.Write(series.DatumPrefix);
        WireNumbers.Write(builder, periodStart.ToUnixTimeSeconds());
        if (count == 1 && _values.Counts[start] == 1)
        {
            builder.Write(",\"Value\":"u8);
            WireNumbers.Write(builder, _values.Values[start]);
            builder.Write("}"u8);
            return 1;
        }

        builder.Write(",\"Values\":["u8);
        for (int i = start; i < start + count; i++)
        {
            builder.Write(i == start ? ""u8 : ","u8);
            WireNumbers.Write(builder, _values.Values[i]);
        }

        builder.Write("],\"Counts\":["u8);
        long weight = 0;
        for (int i = start; i < start + count; i++)
        {
            builder.Write(i == start ? ""u8 : ","u8);
            WireNumbers.Write(builder, _values.Counts[i]);
            weight += _values.Counts[i];
        }

        builder.Write("]}"u8);
        return weight;
    }

    private BatchBuilder BuilderOf(string name)
    {
        if (!_builders.TryGetValue(name, out BatchBuilder? builder))
        {
            byte[] prefix = Encoding.UTF8.GetBytes($"{{\"Namespace\":\"{JsonEncodedText.Encode(name)}\",\"MetricData\":[");
            _builders[name] = builder = new BatchBuilder(
                prefix, "]}"u8.ToArray(), ServiceLimits.PutMetricData.MaxDatums, ServiceLimits.PutMetricData.SafeRequestBytes);
        }

        return builder;
    }

    private BatchHeader HeaderOf(string name) => new(Operation, $"namespace {name}", time.GetUtcNow(), DateTimeOffset.MaxValue);
}
