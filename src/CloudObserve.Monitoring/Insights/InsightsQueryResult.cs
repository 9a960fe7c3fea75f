namespace CloudObserve.Insights;

/// <summary>Holds the result of a query.</summary>
/// <param name="Columns">The names of the columns, in the order of the query, without <c>@ptr</c> unless the query asks for it.</param>
/// <param name="Rows">The rows. All values are texts, as CloudWatch Logs returns them.</param>
/// <param name="Statistics">What the query has read.</param>
public sealed record InsightsQueryResult(
    IReadOnlyList<string> Columns, IReadOnlyList<InsightsRow> Rows, InsightsStatistics Statistics);
