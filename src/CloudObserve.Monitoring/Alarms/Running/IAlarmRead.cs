using CloudObserve.Local;
using CloudObserve.Monitoring.Alarms.Evaluation;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Reads data for one or more alarms and evaluates them.</summary>
internal interface IAlarmRead
{
    /// <summary>Gets the time between two evaluations.</summary>
    TimeSpan Cadence { get; }

    /// <summary>Gets the alarms.</summary>
    IEnumerable<(MetricAlarmEntry Alarm, AlarmPlan Plan)> Alarms { get; }

    /// <summary>Reads the data and evaluates the alarms.</summary>
    /// <exception cref="CloudWatchException">The definition of the alarms cannot be evaluated.</exception>
    void Evaluate(EmbeddedCloudWatch cloudWatch, AlarmTable table, DateTimeOffset now);
}
