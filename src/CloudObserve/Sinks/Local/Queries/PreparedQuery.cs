using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>A query of GetMetricData that passed every check.</summary>
/// <param name="Id">The id of the query.</param>
/// <param name="Label">The label of the result.</param>
/// <param name="Identity">The metric.</param>
/// <param name="Unit">The unit, if one was given.</param>
/// <param name="Statistic">The statistic.</param>
/// <param name="Period">The period in seconds.</param>
/// <param name="ReturnData">Whether the result is returned.</param>
/// <param name="IsOfOtherAccount">Whether the query requests data of another account.</param>
internal sealed record PreparedQuery(
    string Id, string Label, MetricIdentity Identity, string? Unit, Statistic Statistic, long Period, bool ReturnData,
    bool IsOfOtherAccount);
