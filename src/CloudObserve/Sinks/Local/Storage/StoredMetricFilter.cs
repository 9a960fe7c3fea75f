using System.Text;
using CloudObserve.Filters;
using CloudObserve.Filters.Transformations;

namespace CloudObserve.Sinks.Local.Storage;

/// <summary>A metric filter of a log group at work.</summary>
/// <threadsafety>Not safe for concurrent use; guarded by the store's lock.</threadsafety>
internal sealed class StoredMetricFilter
{
    // CloudWatch: metric filters publish by the minute.
    private const int Resolution = 60;
    private const int MaxDimensionValueLength = 1_024;

    private readonly string _unit;
    private readonly DefaultMinutes? _defaults;

    // Where the observations of the call under way go.
    private List<Observation> _found = [];

    internal StoredMetricFilter(MetricFilterDefinition definition, DateTimeOffset createdAt)
    {
        Definition = definition;
        CreatedAt = createdAt;
        _unit = UnitNames.Find(definition.UnitName)!;
        _defaults = definition.Default is { } value ? new DefaultMinutes((minute, _) => Add(minute, value, [])) : null;
    }

    internal MetricFilterDefinition Definition { get; }

    internal DateTimeOffset CreatedAt { get; }

    /// <summary>Evaluates the events of a call.</summary>
    internal void See(ReadOnlySpan<NewLogEvent> events, DateTimeOffset now, List<Observation> found)
    {
        _found = found;
        FilterCapture[] captures = new FilterCapture[Definition.Extractor.Count];
        foreach (NewLogEvent taken in events)
        {
            DateTimeOffset time = DateTimeOffset.FromUnixTimeMilliseconds(taken.Timestamp);
            bool matched = Definition.Extractor.TryMatch(taken.Message, captures);
            _defaults?.Saw(time, matched, now);
            if (matched && Definition.TryGetValue(taken.Message, captures, out double value)
                && MetricFilterRules.IsValidValue(value) && DimensionsOf(taken.Message, captures) is { } dimensions)
            {
                Add(time, value, dimensions);
            }
        }
    }

    internal void Advance(DateTimeOffset now, List<Observation> found)
    {
        _found = found;
        _defaults?.Advance(now);
    }

    private Dimension[]? DimensionsOf(ReadOnlySpan<byte> text, ReadOnlySpan<FilterCapture> captures)
    {
        ReadOnlySpan<FilterCapture> values = Definition.DimensionsOf(captures);
        Dimension[] dimensions = new Dimension[values.Length];
        for (int i = 0; i < dimensions.Length; i++)
        {
            string? value = values[i].Kind == FilterValueKind.Null ? null : values[i].GetText(text);
            if (string.IsNullOrWhiteSpace(value) || value.Length > MaxDimensionValueLength || !Ascii.IsValid(value))
            {
                return null;
            }

            dimensions[i] = new Dimension(Definition.Dimensions[i], value);
        }

        return dimensions;
    }

    private void Add(DateTimeOffset time, double value, Dimension[] dimensions) => _found.Add(new Observation(
        new MetricIdentity(Definition.Namespace, Definition.Metric, dimensions), _unit, Resolution, Aggregate.Of(time.ToUnixTimeSeconds(), [new ValueCount(value, 1)])));
}
