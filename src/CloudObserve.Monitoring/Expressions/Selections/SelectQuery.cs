using CloudObserve.Local;

namespace CloudObserve.Monitoring.Expressions.Selections;

/// <summary>Represents a query in the SQL of CloudWatch Metrics Insights.</summary>
internal sealed record SelectQuery
{
    /// <summary>CloudWatch: a query processes at most 10,000 metrics.</summary>
    internal const int MaxMetrics = 10_000;

    /// <summary>CloudWatch: a query returns at most 500 time series.</summary>
    internal const int MaxSeries = 500;

    /// <summary>The label that every metric has.</summary>
    internal const string AccountKey = "AWS.AccountId";

    /// <summary>Gets the function that aggregates the samples of a period.</summary>
    internal required SelectFunction Function { get; init; }

    /// <summary>Gets the name of the metrics.</summary>
    internal required string MetricName { get; init; }

    /// <summary>Gets the namespace of the metrics.</summary>
    internal required string Namespace { get; init; }

    /// <summary>Gets the names of all dimensions that a metric must have.</summary>
    /// <value><see langword="null"/> without <c>SCHEMA</c>: a metric may have any dimensions.</value>
    internal IReadOnlyList<string>? Schema { get; init; }

    /// <summary>Gets the condition.</summary>
    internal SelectCondition? Where { get; init; }

    /// <summary>Gets the labels by which metrics are grouped.</summary>
    internal IReadOnlyList<string> GroupBy { get; init; } = [];

    /// <summary>Gets the order of the time series.</summary>
    /// <value><see langword="null"/>: by the values of the labels.</value>
    internal SelectOrder? OrderBy { get; init; }

    /// <summary>Gets the largest number of time series.</summary>
    internal int Limit { get; init; } = MaxSeries;

    /// <summary>Gets the type of the result.</summary>
    internal MathType Type => GroupBy.Count > 0 ? MathType.Array : MathType.Series;

    /// <summary>Determines whether an expression is such a query, and not metric math.</summary>
    internal static bool IsSelect(string expression)
    {
        const string Keyword = "SELECT";
        ReadOnlySpan<char> text = expression.AsSpan().TrimStart();
        return text.StartsWith(Keyword, StringComparison.OrdinalIgnoreCase)
            && text.Length > Keyword.Length
            && char.IsWhiteSpace(text[Keyword.Length]);
    }

    /// <summary>Parses a query.</summary>
    /// <exception cref="MathException">The query is invalid.</exception>
    internal static SelectQuery Parse(string text) => new SelectParser(text).Parse();

    /// <summary>Determines whether the query reads a metric of its namespace and name.</summary>
    internal bool Matches(MetricIdentifier metric) =>
        (Schema is null || (metric.Dimensions.Count == Schema.Count && metric.Dimensions.All(dimension => Schema.Contains(dimension.Name))))
        && (Where is null || Where.Matches(metric));
}
