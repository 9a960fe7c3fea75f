using CloudObserve.Local;
using CloudObserve.Metrics;

namespace CloudObserve.Monitoring.Expressions.Selections;

/// <summary>Represents a condition of the clause <c>WHERE</c>.</summary>
internal abstract record SelectCondition
{
    /// <summary>Determines whether a metric meets the condition.</summary>
    internal abstract bool Matches(MetricIdentifier metric);

    /// <summary>Requires all conditions.</summary>
    internal sealed record All(IReadOnlyList<SelectCondition> Conditions) : SelectCondition
    {
        internal override bool Matches(MetricIdentifier metric) => Conditions.All(condition => condition.Matches(metric));
    }

    /// <summary>Requires one of the conditions.</summary>
    internal sealed record Any(IReadOnlyList<SelectCondition> Conditions) : SelectCondition
    {
        internal override bool Matches(MetricIdentifier metric) => Conditions.Any(condition => condition.Matches(metric));
    }

    /// <summary>Compares the value of a label. A metric without the label never matches.</summary>
    internal sealed record Comparison(string Key, bool IsEqual, string Value) : SelectCondition
    {
        internal override bool Matches(MetricIdentifier metric) => LabelOf(metric, Key) is { } value && value == Value == IsEqual;
    }

    /// <summary>Returns the value of a label.</summary>
    /// <returns><see langword="null"/> if the metric does not have the label.</returns>
    internal static string? LabelOf(MetricIdentifier metric, string key)
    {
        if (key == SelectQuery.AccountKey)
        {
            return QueryLimits.AccountId;
        }

        foreach (MetricDimension dimension in metric.Dimensions)
        {
            if (dimension.Name == key)
            {
                return dimension.Value;
            }
        }

        return null;
    }
}
