using CloudObserve.Monitoring.Alarms.Running;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudObserve.Monitoring.Hosting;

/// <summary>Reports an alarm to the host's health checks.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AlarmHealthCheck(AlarmTable table, string alarm) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        DescribeAlarmsResponse found = table.Describe(new DescribeAlarmsRequest
        {
            AlarmNames = [alarm],
            AlarmTypes = ["MetricAlarm", "CompositeAlarm"],
        });
        (AlarmState State, string Reason)? state =
            found.MetricAlarms is [var metric] ? (metric.StateValue, metric.StateReason)
            : found.CompositeAlarms is [var composite] ? (composite.StateValue, composite.StateReason)
            : null;
        return Task.FromResult(state switch
        {
            null => HealthCheckResult.Healthy("The alarm was deleted."),
            { State: AlarmState.Alarm } raised => new HealthCheckResult(context.Registration.FailureStatus, raised.Reason),
            { } other => HealthCheckResult.Healthy(other.Reason),
        });
    }
}
