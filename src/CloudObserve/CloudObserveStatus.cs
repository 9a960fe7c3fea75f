using CloudObserve.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudObserve;

/// <summary>How the running library stands at one moment. It holds neither credentials nor anything that the application logged.</summary>
/// <param name="Time">When it was read.</param>
/// <param name="Destination">Where the data goes, in words.</param>
/// <param name="Health">What the health check says.</param>
/// <param name="Reasons">Why; empty when healthy.</param>
/// <param name="Signals">Each signal that exists.</param>
/// <param name="Series">How many metrics the process publishes now, each a name with one set of dimension values: what AWS bills as custom metrics. One that gets no more data is among them until <c>Metrics:IdleSeriesTimeout</c>.</param>
/// <param name="MetricFilters">The metric filters that are evaluated in this process, with their counts.</param>
/// <param name="ProvisionedFilters">The names of the metric filters that CloudWatch Logs evaluates in its place. What they match, this process does not know.</param>
/// <param name="LastErrors">The latest errors, the last one first.</param>
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
