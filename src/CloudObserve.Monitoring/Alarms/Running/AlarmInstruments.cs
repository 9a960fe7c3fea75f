using System.Diagnostics.Metrics;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>The instruments of alarms, on the library's meter.</summary>
/// <remarks>Counts are exposed by observable instruments, because a counter calls the application's listeners.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AlarmInstruments : IDisposable
{
    private const string MeterName = "CloudObserve";

    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly long[] _changes = new long[3];
    private long _failures;
    private long _failedNotifications;
    private long _failedPuts;
    private double _lag;

    /// <param name="meters">The host's meter factory, if it has one.</param>
    /// <param name="table">The alarms.</param>
    internal AlarmInstruments(IMeterFactory? meters, AlarmTable table)
    {
        _meter = meters?.Create(new MeterOptions(MeterName)) ?? new Meter(MeterName);
        _duration = _meter.CreateHistogram<double>("cloudobserve.alarms.evaluation.duration", "s", "Duration of an evaluation of all alarms.");
        _ = _meter.CreateObservableGauge(
            "cloudobserve.alarms.evaluation.lag", () => Volatile.Read(ref _lag), "s", "Delay of the last evaluation after its time.");
        _ = _meter.CreateObservableCounter(
            "cloudobserve.alarms.evaluation.failures", () => Interlocked.Read(ref _failures), "{evaluation}",
            "Evaluations of an alarm that failed.");
        _ = _meter.CreateObservableCounter(
            "cloudobserve.alarms.changes",
            () => States().Select(state => new Measurement<long>(Interlocked.Read(ref _changes[(int)state]), Tag(state))),
            "{change}",
            "Changes of alarms, by the new state.");
        _ = _meter.CreateObservableCounter(
            "cloudobserve.alarms.notifications.failed", () => Interlocked.Read(ref _failedNotifications), "{notification}",
            "Notifications that a handler of the application did not handle.");
        _ = _meter.CreateObservableUpDownCounter(
            "cloudobserve.alarms.count", () => Counts(table), "{alarm}", "Alarms that are evaluated in this process, by state.");
        _ = _meter.CreateObservableUpDownCounter(
            "cloudobserve.alarms.provisioned", () => table.Provisioned, "{alarm}", "Alarms that CloudWatch evaluates instead.");
        _ = _meter.CreateObservableCounter(
            "cloudobserve.alarms.provisioning.failures", () => Interlocked.Read(ref _failedPuts), "{alarm}",
            "Alarms that an attempt did not put into CloudWatch.");
    }

    public void Dispose() => _meter.Dispose();

    internal void Changed(AlarmState state) => Interlocked.Increment(ref _changes[(int)state]);

    internal void Failed() => Interlocked.Increment(ref _failures);

    internal void PutFailed(int alarms) => Interlocked.Add(ref _failedPuts, alarms);

    internal void NotificationFailed() => Interlocked.Increment(ref _failedNotifications);

    /// <summary>Records an evaluation of all alarms. Runs the application's listeners.</summary>
    internal void Evaluated(TimeSpan duration, TimeSpan lag)
    {
        Volatile.Write(ref _lag, lag.TotalSeconds);
        _duration.Record(duration.TotalSeconds);
    }

    private static IEnumerable<Measurement<long>> Counts(AlarmTable table)
    {
        (int ok, int alarm, int insufficientData) = table.Totals;
        return
        [
            new Measurement<long>(ok, Tag(AlarmState.Ok)),
            new Measurement<long>(alarm, Tag(AlarmState.Alarm)),
            new Measurement<long>(insufficientData, Tag(AlarmState.InsufficientData)),
        ];
    }

    private static AlarmState[] States() => [AlarmState.Ok, AlarmState.Alarm, AlarmState.InsufficientData];

    private static KeyValuePair<string, object?> Tag(AlarmState state) => new("state", AlarmStates.ToName(state));
}
