using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudObserve;

/// <summary>The state of the running library at one moment. It contains neither credentials nor logged data.</summary>
/// <param name="Time">The time at which the state was read.</param>
/// <param name="Destination">A description of the destination.</param>
/// <param name="Health">The result of the health check.</param>
/// <param name="Reasons">The reasons for the health status; empty when healthy.</param>
/// <param name="Signals">The state of each signal.</param>
/// <param name="Series">The number of metrics the process publishes now, each a name with one set of dimension values, as AWS bills custom
/// metrics. A metric without new data is included until <c>Metrics:IdleSeriesTimeout</c>.</param>
/// <param name="MetricFilters">The metric filters that are evaluated in this process, with their counts.</param>
/// <param name="ProvisionedFilters">The names of the metric filters that CloudWatch Logs evaluates instead. This process does not know
/// their matches.</param>
/// <param name="LastErrors">The latest errors, the most recent first.</param>
public sealed record CloudObserveStatus(
    DateTimeOffset Time,
    string Destination,
    HealthStatus Health,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<SignalStatus> Signals,
    int Series,
    IReadOnlyList<MetricFilterStatus> MetricFilters,
    IReadOnlyList<string> ProvisionedFilters,
    IReadOnlyList<ReportedError> LastErrors);
