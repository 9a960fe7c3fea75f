using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using CloudObserve.Metrics;

namespace CloudObserve.Filters.Transformations;

/// <summary>Finds the series of a filter by the dimension values in an event.</summary>
/// <remarks>Finding a known series allocates nothing.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class SeriesByDimensions
{
    // When the limit is reached, all series are removed and found again on demand. This bounds the memory when there are very many values.
    private const int MaxKept = 2_048;

    private readonly MetricFilterDefinition _definition;
    private readonly FilterMetricPublisher _publisher;
    private readonly ArrayBufferWriter<byte> _key = new(256);
    private readonly Dictionary<byte[], FilterMetricSeries> _series = new(ByteKeyComparer.Instance);
    private readonly Dictionary<byte[], FilterMetricSeries>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    internal SeriesByDimensions(MetricFilterDefinition definition, FilterMetricPublisher publisher)
    {
        _definition = definition;
        _publisher = publisher;
        _lookup = _series.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Finds the series of an event.</summary>
    /// <param name="logGroup">The log group of the event.</param>
    /// <param name="text">The event.</param>
    /// <param name="captures">The locations of the dimension values.</param>
    /// <returns>
    /// The series, or <see langword="null"/> if a value is missing or breaks a rule of CloudWatch; the latter is reported.
    /// </returns>
    internal FilterMetricSeries? Find(string logGroup, ReadOnlySpan<byte> text, ReadOnlySpan<FilterCapture> captures)
    {
        if (!TryWriteKey(text, captures) || !TryWriteSystemFields(logGroup))
        {
            return null;
        }

        return _lookup.TryGetValue(_key.WrittenSpan, out FilterMetricSeries? series) ? series : Bind();
    }

    // Each value is preceded by its length, so that different sets of values never have the same key.
    private bool TryWriteKey(ReadOnlySpan<byte> text, ReadOnlySpan<FilterCapture> captures)
    {
        _key.ResetWrittenCount();
        foreach (FilterCapture capture in captures)
        {
            Span<byte> place = _key.GetSpan(sizeof(int) + capture.Length);
            if (capture.Kind is FilterValueKind.Missing or FilterValueKind.Null
                || !capture.TryCopyText(text, place[sizeof(int)..], out int length) || IsBlank(place.Slice(sizeof(int), length)))
            {
                return false;
            }

            BinaryPrimitives.WriteInt32LittleEndian(place, length);
            _key.Advance(sizeof(int) + length);
        }

        return true;
    }

    // A system field that this process does not know counts as a missing dimension.
    private bool TryWriteSystemFields(string logGroup)
    {
        foreach (string field in _definition.SystemFields)
        {
            if (field != SystemFields.SourceLog)
            {
                return false;
            }

            Span<byte> place = _key.GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(logGroup.Length));
            int length = Encoding.UTF8.GetBytes(logGroup, place[sizeof(int)..]);
            BinaryPrimitives.WriteInt32LittleEndian(place, length);
            _key.Advance(sizeof(int) + length);
        }

        return true;
    }

    private static bool IsBlank(ReadOnlySpan<byte> value) => value.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0;

    private FilterMetricSeries? Bind()
    {
        string[] names = [.. _definition.Dimensions, .. _definition.SystemFields];
        MetricDimension[] dimensions = new MetricDimension[names.Length];
        ReadOnlySpan<byte> rest = _key.WrittenSpan;
        for (int i = 0; i < dimensions.Length; i++)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(rest);
            dimensions[i] = new MetricDimension(names[i], Encoding.UTF8.GetString(rest.Slice(sizeof(int), length)));
            rest = rest[(sizeof(int) + length)..];
        }

        FilterMetricSeries? series = _publisher.TryBind(_definition.Namespace, _definition.Metric, _definition.Unit, dimensions);
        if (series is not null)
        {
            Keep(series);
        }

        return series;
    }

    private void Keep(FilterMetricSeries series)
    {
        if (_series.Count == MaxKept)
        {
            _series.Clear();
        }

        _lookup[_key.WrittenSpan] = series;
    }
}
