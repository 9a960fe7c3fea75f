using System.Buffers;
using System.Text.Json;
using CloudObserve.Contracts;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Metrics.Wire;

namespace CloudObserve.Metrics.EmbeddedFormat;

/// <summary>A document of the embedded metric format: metrics of one namespace, one set of dimensions and one time.</summary>
/// <remarks>
/// A document has one directive with one set of dimensions. Values are members of the root object, named after their metrics, so a name
/// occurs once: the same metric with another unit, or with more values than an array holds, goes into another document. The text is ASCII,
/// with all other characters escaped, so it is read correctly whatever encoding standard output is read with.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class EmbeddedMetricDocument
{
    // Upper bounds for a number with its comma, for the punctuation around a definition and its value, and for an escaped character.
    private const int MaxNumberBytes = WireNumbers.MaxBytes;
    private const int MaxPunctuationBytes = 96;
    private const int MaxEscapeBytes = 6;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _head = new();
    private readonly ArrayBufferWriter<byte> _definitions = new();
    private readonly ArrayBufferWriter<byte> _targets = new();

    /// <summary>
    /// Initializes a new instance of the <see cref="EmbeddedMetricDocument"/> class for the namespace and dimensions of a series.
    /// </summary>
    internal EmbeddedMetricDocument(SeriesIdentity series, DateTimeOffset time)
    {
        Time = time;
        _head.Write("{\"_aws\":{\"Timestamp\":"u8);
        WireNumbers.Write(_head, time.ToUnixTimeMilliseconds());
        _head.Write(",\"CloudWatchMetrics\":[{\"Namespace\":"u8);
        WriteText(_head, series.Namespace);
        _head.Write(",\"Dimensions\":[["u8);
        for (int i = 0; i < series.Dimensions.Length; i++)
        {
            _head.Write(i == 0 ? ""u8 : ","u8);
            WriteText(_head, series.Dimensions[i].Name);
        }

        _head.Write("]],\"Metrics\":["u8);
        foreach (MetricDimension dimension in series.Dimensions)
        {
            WriteMember(dimension.Name);
            WriteText(_targets, dimension.Value);
        }
    }

    /// <summary>Gets the timestamp of its metrics.</summary>
    internal DateTimeOffset Time { get; }

    /// <summary>Gets the number of samples it holds.</summary>
    internal long Weight { get; private set; }

    private int Length => _head.WrittenCount + _definitions.WrittenCount + _targets.WrittenCount;

    /// <summary>Adds a metric, unless the document is full or has a metric of that name.</summary>
    /// <param name="series">The metric.</param>
    /// <param name="values">Its samples: 1 to 100.</param>
    /// <param name="preferredBytes">The maximum size of the document with a further metric. The first metric always fits.</param>
    internal bool TryAdd(SeriesIdentity series, ReadOnlySpan<double> values, int preferredBytes)
    {
        int maxBytes = (values.Length * MaxNumberBytes) + (2 * MaxEscapeBytes * series.Name.Length) + MaxPunctuationBytes;
        bool fits = _names.Count == 0 || (_names.Count < ServiceLimits.EmbeddedMetrics.MaxMetrics && Length + maxBytes <= preferredBytes);
        if (!fits || !_names.Add(series.Name))
        {
            return false;
        }

        WriteDefinition(series);
        WriteMember(series.Name);
        WriteValues(values);
        Weight += values.Length;
        return true;
    }

    /// <summary>Writes the document.</summary>
    internal void WriteTo(IBufferWriter<byte> output)
    {
        output.Write(_head.WrittenSpan);
        output.Write(_definitions.WrittenSpan);
        output.Write("]}]}"u8);
        output.Write(_targets.WrittenSpan);
        output.Write("}"u8);
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string text)
    {
        output.Write("\""u8);
        output.Write(JsonEncodedText.Encode(text).EncodedUtf8Bytes);
        output.Write("\""u8);
    }

    private void WriteDefinition(SeriesIdentity series)
    {
        _definitions.Write(_names.Count == 1 ? "{\"Name\":"u8 : ",{\"Name\":"u8);
        WriteText(_definitions, series.Name);
        if (series.Unit != MetricUnit.None)
        {
            _definitions.Write(",\"Unit\":"u8);
            WriteText(_definitions, MetricUnitNames.Of(series.Unit));
        }

        _definitions.Write(series.Resolution == StorageResolution.High ? ",\"StorageResolution\":1}"u8 : "}"u8);
    }

    private void WriteMember(string name)
    {
        _targets.Write(","u8);
        WriteText(_targets, name);
        _targets.Write(":"u8);
    }

    private void WriteValues(ReadOnlySpan<double> values)
    {
        if (values.Length == 1)
        {
            WireNumbers.Write(_targets, values[0]);
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            _targets.Write(i == 0 ? "["u8 : ","u8);
            WireNumbers.Write(_targets, values[i]);
        }

        _targets.Write("]"u8);
    }
}
