using System.Text;
using CloudObserve.Filters;
using CloudObserve.Filters.Transformations;
using CloudObserve.Metrics;

namespace CloudObserve.Sinks.Local.Storage;

/// <summary>A metric filter that is applied to the events of a log group.</summary>
/// <threadsafety>Not safe for concurrent use; guarded by the store's lock.</threadsafety>
internal sealed class StoredMetricFilter
{
    // CloudWatch: metric filters publish once a minute.
    private const int Resolution = 60;
    private const int MaxDimensionValueLength = 1_024;

    // The embedded CloudWatch has no account and no region; filters that use these fields get the values below.
    private const string Account = "000000000000";
    private const string Region = "us-east-1";

    private readonly string _unit;

    internal StoredMetricFilter(MetricFilterDefinition definition, DateTimeOffset createdAt)
    {
        Definition = definition;
        CreatedAt = createdAt;
        _unit = UnitNames.Find(definition.UnitName)!;
    }

    internal MetricFilterDefinition Definition { get; }

    internal DateTimeOffset CreatedAt { get; }

    /// <summary>Gets the criteria that select events by their system fields, as they were given.</summary>
    internal string? FieldSelectionCriteria { get; init; }

    /// <summary>Gets whether the criteria select the events of the filter's log group.</summary>
    internal bool IsSelected { get; init; } = true;

    /// <summary>Evaluates the events of a call.</summary>
    /// <param name="group">The log group that received them.</param>
    /// <param name="events">The events.</param>
    /// <param name="found">Receives the values they add to the metric.</param>
    internal void See(string group, ReadOnlySpan<NewLogEvent> events, List<Observation> found)
    {
        if (!IsSelected)
        {
            return;
        }

        FilterCapture[] captures = new FilterCapture[Definition.Extractor.Count];
        foreach (NewLogEvent taken in events)
        {
            DateTimeOffset time = DateTimeOffset.FromUnixTimeMilliseconds(taken.Timestamp);
            if (!Definition.Extractor.TryMatch(taken.Message, captures))
            {
                found.AddRange(Definition.Default is { } value ? [Of(time, value, [])] : []);
            }
            else if (Definition.TryGetValue(taken.Message, captures, out double value)
                && MetricFilterRules.IsValidValue(value) && DimensionsOf(group, taken.Message, captures) is { } dimensions)
            {
                found.Add(Of(time, value, dimensions));
            }
        }
    }

    private MetricDimension[]? DimensionsOf(string group, ReadOnlySpan<byte> text, ReadOnlySpan<FilterCapture> captures)
    {
        ReadOnlySpan<FilterCapture> values = Definition.DimensionsOf(captures);
        MetricDimension[] dimensions = new MetricDimension[values.Length];
        for (int i = 0; i < dimensions.Length; i++)
        {
            string? value = values[i].Kind == FilterValueKind.Null ? null : values[i].GetText(text);
            if (string.IsNullOrWhiteSpace(value) || value.Length > MaxDimensionValueLength || !Ascii.IsValid(value))
            {
                return null;
            }

            dimensions[i] = new MetricDimension(Definition.Dimensions[i], value);
        }

        return [.. dimensions, .. Definition.SystemFields.Select(field => new MetricDimension(field, SystemField(field, group)))];
    }

    /// <summary>Returns the value of a system field of a log group's events.</summary>
    internal static string SystemField(string field, string group) => field switch
    {
        SystemFields.SourceLog => group,
        SystemFields.Account => Account,
        _ => Region,
    };

    private Observation Of(DateTimeOffset time, double value, MetricDimension[] dimensions) => new(
        new MetricIdentity(Definition.Namespace, Definition.Metric, dimensions), _unit, Resolution,
        Aggregate.Of(time.ToUnixTimeSeconds(), [new ValueCount(value, 1)]));
}
