using System.Buffers;
using System.Text.Json;
using CloudObserve.Delivery;
using CloudObserve.Metrics;
using CloudObserve.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Testing;

/// <summary>Runs alarms on a clock that the test moves: put samples, move the clock, and assert states and notifications.</summary>
/// <remarks>
/// The alarms run as in an application, on an embedded CloudWatch of their own. Evaluations happen on the thread that moves the clock, so
/// nothing has to be awaited. The clock begins ten seconds after a full minute, when alarms over minutes are evaluated.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
public sealed class AlarmScenario : IAsyncDisposable
{
    private static readonly DateTimeOffset DefaultStart = new(2026, 1, 1, 0, 0, 10, TimeSpan.Zero);

    private readonly ServiceProvider _services;
    private readonly IBatchSink _store;
    private readonly NotificationLog _log;

    // Used again for each sample.
    private readonly ArrayBufferWriter<byte> _body = new();
    private readonly Utf8JsonWriter _json;

    /// <summary>Initializes a new instance of the <see cref="AlarmScenario"/> class, and starts the alarms.</summary>
    /// <param name="define">Defines the alarms.</param>
    /// <param name="start">The initial time. The default is <see langword="null"/>: 2026-01-01T00:00:10Z.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A definition has a fault.</exception>
    public AlarmScenario(Action<MonitoringBuilder> define, DateTimeOffset? start = null)
    {
        ArgumentNullException.ThrowIfNull(define);
        Clock = new ManualTimeProvider(start ?? DefaultStart);
        _json = new Utf8JsonWriter(_body);
        _log = new NotificationLog(Clock);
        ServiceCollection services = new();
        _ = services.AddSingleton<TimeProvider>(Clock).AddSingleton<ILoggerProvider>(_log).AddLogging();
        _ = services.AddCloudObserve().WithMonitoring(define);
        _services = services.BuildServiceProvider();
        _store = _services.GetRequiredService<IBatchSink>();
        Alarms = _services.GetRequiredService<IAlarms>();
        Clock.Advance(TimeSpan.Zero);
    }

    /// <summary>Gets the clock of the alarms.</summary>
    public ManualTimeProvider Clock { get; }

    /// <summary>Gets the alarms.</summary>
    public IAlarms Alarms { get; }

    /// <summary>Gets the notifications so far, the oldest first.</summary>
    public IReadOnlyList<AlarmScenarioNotification> Notifications => _log.Notifications;

    /// <summary>Puts a sample of a metric at the present time.</summary>
    /// <param name="metricNamespace">The namespace.</param>
    /// <param name="metricName">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="dimensions">The dimensions.</param>
    /// <exception cref="InvalidOperationException">CloudWatch refuses the sample.</exception>
    public void Put(string metricNamespace, string metricName, double value, params MetricDimension[] dimensions) =>
        PutAt(Clock.GetUtcNow(), metricNamespace, metricName, value, dimensions);

    /// <summary>Puts a sample of a metric at a time, which CloudWatch accepts from two weeks ago to two hours ahead.</summary>
    /// <param name="time">The time of the sample.</param>
    /// <inheritdoc cref="Put"/>
    /// <param name="metricNamespace">The namespace.</param>
    /// <param name="metricName">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="dimensions">The dimensions.</param>
    public void PutAt(
        DateTimeOffset time, string metricNamespace, string metricName, double value, params MetricDimension[] dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        DateTimeOffset now = Clock.GetUtcNow();
        using Batch batch = Batch.Create(
            new BatchHeader("PutMetricData", metricNamespace, now, now.AddDays(1)),
            Write(time, metricNamespace, metricName, value, dimensions));

        // The embedded CloudWatch answers at once.
        SendResult result = _store.SendAsync(batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        if (result.Error != ErrorClass.None)
        {
            throw new InvalidOperationException($"CloudWatch refuses the sample: {result.Message}");
        }
    }

    /// <summary>Moves the clock. Alarms that become due are evaluated.</summary>
    /// <param name="time">The time to move by.</param>
    public void Advance(TimeSpan time) => Clock.Advance(time);

    /// <summary>Returns the state of an alarm.</summary>
    /// <param name="alarm">The name of the alarm.</param>
    /// <exception cref="ArgumentException">There is no such alarm.</exception>
    public AlarmState StateOf(string alarm)
    {
        DescribeAlarmsResponse found = Alarms.DescribeAlarms(
            new DescribeAlarmsRequest { AlarmNames = [alarm], AlarmTypes = ["MetricAlarm", "CompositeAlarm"] });
        return found switch
        {
            { MetricAlarms: [var metric] } => metric.StateValue,
            { CompositeAlarms: [var composite] } => composite.StateValue,
            _ => throw new ArgumentException($"There is no alarm '{alarm}'.", nameof(alarm)),
        };
    }

    /// <summary>Asserts the state of an alarm.</summary>
    /// <param name="alarm">The name of the alarm.</param>
    /// <param name="expected">The expected state.</param>
    /// <exception cref="AlarmScenarioException">The alarm is in another state. The message explains why.</exception>
    public void AssertState(string alarm, AlarmState expected)
    {
        AlarmState state = StateOf(alarm);
        if (state != expected)
        {
            throw new AlarmScenarioException(
                $"At {Clock.GetUtcNow():u}, the alarm '{alarm}' should be {expected}, but is {state}: {ReasonOf(alarm)}");
        }
    }

    /// <summary>Asserts the number of notifications of an alarm so far.</summary>
    /// <param name="alarm">The name of the alarm.</param>
    /// <param name="expected">The expected number.</param>
    /// <exception cref="AlarmScenarioException">There is another number of notifications. The message lists them.</exception>
    public void AssertNotifications(string alarm, int expected)
    {
        AlarmScenarioNotification[] found = [.. Notifications.Where(notification => notification.AlarmName == alarm)];
        if (found.Length != expected)
        {
            throw new AlarmScenarioException(
                $"The alarm '{alarm}' should have {expected} notifications, but has {found.Length}: "
                    + string.Join("; ", found.AsEnumerable()));
        }
    }

    /// <summary>Ends the alarms.</summary>
    /// <returns>A task that completes when they have ended.</returns>
    public async ValueTask DisposeAsync()
    {
        await _json.DisposeAsync().ConfigureAwait(false);
        await _services.DisposeAsync().ConfigureAwait(false);
    }

    // The result is valid until the next call.
    private ReadOnlySpan<byte> Write(
        DateTimeOffset time, string metricNamespace, string metricName, double value, MetricDimension[] dimensions)
    {
        _body.ResetWrittenCount();
        _json.Reset();
        Write(_json, time, metricNamespace, metricName, value, dimensions);
        _json.Flush();
        return _body.WrittenSpan;
    }

    private static void Write(
        Utf8JsonWriter json, DateTimeOffset time, string metricNamespace, string metricName, double value, MetricDimension[] dimensions)
    {
        json.WriteStartObject();
        json.WriteString("Namespace", metricNamespace);
        json.WriteStartArray("MetricData");
        json.WriteStartObject();
        json.WriteString("MetricName", metricName);
        json.WriteNumber("Timestamp", time.ToUnixTimeMilliseconds() / 1000.0);
        json.WriteNumber("Value", value);

        // Alarms with periods below a minute need samples of high resolution.
        json.WriteNumber("StorageResolution", 1);
        json.WriteStartArray("Dimensions");
        foreach (MetricDimension dimension in dimensions)
        {
            json.WriteStartObject();
            json.WriteString("Name", dimension.Name);
            json.WriteString("Value", dimension.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private string ReasonOf(string alarm)
    {
        DescribeAlarmsResponse found = Alarms.DescribeAlarms(
            new DescribeAlarmsRequest { AlarmNames = [alarm], AlarmTypes = ["MetricAlarm", "CompositeAlarm"] });
        return found.MetricAlarms.Count > 0
            ? $"{found.MetricAlarms[0].StateReason} {Explained(alarm)}"
            : found.CompositeAlarms[0].StateReason;
    }

    private string Explained(string alarm)
    {
        try
        {
            AlarmExplanation explanation = Alarms.Explain(alarm);
            return $"{explanation.Summary} {string.Join(' ', explanation.Needed)}";
        }
        catch (Local.CloudWatchException)
        {
            // An alarm over several time series has no explanation.
            return "";
        }
    }

    /// <summary>Reads the notifications from the alarms' log, which is written on the thread that moves the clock.</summary>
    private sealed class NotificationLog(ManualTimeProvider clock) : ILoggerProvider
    {
        private const string Category = "CloudObserve.Alarms";
        private const string EventName = "NotificationSent";

        internal List<AlarmScenarioNotification> Notifications { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Logger(categoryName == Category ? this : null, clock);

        public void Dispose()
        {
        }

        private sealed class Logger(NotificationLog? log, ManualTimeProvider clock) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => log is not null;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (log is not null && eventId.Name == EventName && state is IReadOnlyList<KeyValuePair<string, object?>> values)
                {
                    log.Notifications.Add(new AlarmScenarioNotification(
                        clock.GetUtcNow(), Value(values, "Alarm"), Value(values, "Topic"), Value(values, "Subject")));
                }
            }

            private static string Value(IReadOnlyList<KeyValuePair<string, object?>> values, string name) =>
                values.FirstOrDefault(value => value.Key == name).Value?.ToString() ?? "";
        }
    }
}
