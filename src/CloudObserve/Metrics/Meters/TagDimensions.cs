using System.Diagnostics.Metrics;
using CloudObserve.Contracts;

namespace CloudObserve.Metrics.Meters;

/// <summary>
/// Creates the dimensions of one instrument's measurements from the tags of the measurement, the instrument and the meter.
/// </summary>
/// <remarks>
/// If a name occurs in several of them, the first in this order applies. Tags are often set by a library that does not target CloudWatch. A
/// tag must not make the measurement fail, so text that CloudWatch would refuse is repaired here, and the repairs are reported.
/// </remarks>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class TagDimensions
{
    /// <summary>The name of the optional dimension that holds the meter's name.</summary>
    internal const string MeterName = "meter";

    private readonly string _metric;
    private readonly bool _isEmbedded;
    private readonly string[] _defaults;
    private readonly MetricDimension[] _static;

    internal TagDimensions(Instrument instrument, string metric, MetricsOptions options)
    {
        _metric = metric;
        _isEmbedded = options.EmbeddedMetricFormat is not null;
        _defaults = [.. options.DefaultDimensions.Keys];
        TagRepairs repairs = TagRepairs.None;
        List<MetricDimension> dimensions = [];
        AddMissing(dimensions, Read(instrument.Tags, ref repairs));
        AddMissing(dimensions, Read(instrument.Meter.Tags, ref repairs));
        AddMissing(dimensions, options.MeterDimension ? Read([new(MeterName, instrument.Meter.Name)], ref repairs) : []);
        _static = [.. dimensions];
        StaticRepairs = repairs;
    }

    /// <summary>Gets the repairs to the tags of the instrument and its meter.</summary>
    internal TagRepairs StaticRepairs { get; }

    /// <summary>Creates the dimensions of a measurement.</summary>
    /// <param name="tags">The measurement's tags.</param>
    /// <param name="texts">The texts of their values, written by <see cref="TagText"/>.</param>
    /// <param name="repairs">Receives the repairs that were necessary.</param>
    internal MetricDimension[] Of(ReadOnlySpan<KeyValuePair<string, object?>> tags, ReadOnlySpan<string> texts, ref TagRepairs repairs)
    {
        List<MetricDimension> dimensions = new(tags.Length + _static.Length);
        for (int i = 0; i < tags.Length; i++)
        {
            if (tags[i].Value is not null)
            {
                Add(dimensions, tags[i].Key, texts[i], ref repairs);
            }
        }

        AddMissing(dimensions, _static);
        int room = ServiceLimits.PutMetricData.MaxDimensions - _defaults.Count(name => !dimensions.Exists(d => d.Name == name));
        if (dimensions.Count > room)
        {
            repairs |= TagRepairs.TooMany;
            dimensions.RemoveRange(room, dimensions.Count - room);
        }

        return [.. dimensions];
    }

    private static void AddMissing(List<MetricDimension> dimensions, IEnumerable<MetricDimension> further)
    {
        foreach (MetricDimension dimension in further)
        {
            if (!dimensions.Exists(d => d.Name == dimension.Name))
            {
                dimensions.Add(dimension);
            }
        }
    }

    private List<MetricDimension> Read(IEnumerable<KeyValuePair<string, object?>>? tags, ref TagRepairs repairs)
    {
        List<MetricDimension> dimensions = [];
        foreach ((string name, object? value) in tags ?? [])
        {
            if (value is not null)
            {
                string text = TagText.Write(value, out bool isUnreadable);
                repairs |= isUnreadable ? TagRepairs.Unreadable : TagRepairs.None;
                Add(dimensions, name, text, ref repairs);
            }
        }

        return dimensions;
    }

    private void Add(List<MetricDimension> dimensions, string? givenName, string givenValue, ref TagRepairs repairs)
    {
        if (string.IsNullOrWhiteSpace(givenValue))
        {
            repairs |= TagRepairs.Blank;
            return;
        }

        if (NameOf(givenName, ref repairs) is not { } name)
        {
            repairs |= TagRepairs.InvalidName;
            return;
        }

        MetricDimension dimension =
            new(name, DimensionText.Write(givenValue, ServiceLimits.PutMetricData.MaxDimensionValueLength, ref repairs));
        int before = dimensions.FindIndex(d => d.Name == name);
        if (before < 0)
        {
            dimensions.Add(dimension);
            return;
        }

        repairs |= TagRepairs.Duplicate;
        dimensions[before] = dimension;
    }

    private string? NameOf(string? given, ref TagRepairs repairs)
    {
        string trimmed = given?.TrimStart(':') ?? "";
        if (string.IsNullOrWhiteSpace(trimmed))
        {
            return null;
        }

        repairs |= trimmed.Length == given!.Length ? TagRepairs.None : TagRepairs.InvalidName;
        string name = DimensionText.Write(
            trimmed, _isEmbedded
                ? ServiceLimits.EmbeddedMetrics.MaxDimensionNameLength - 1 : ServiceLimits.PutMetricData.MaxNameLength, ref repairs);
        if (!_isEmbedded || (name != _metric && name != EmbeddedMetricRules.RootMember))
        {
            return name;
        }

        // A document of that format holds metrics and dimensions side by side under their names, so the names must differ.
        repairs |= TagRepairs.InvalidName;
        return name + "_";
    }
}
