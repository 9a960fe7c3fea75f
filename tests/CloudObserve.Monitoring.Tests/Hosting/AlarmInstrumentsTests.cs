using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CloudObserve.Local;
using CloudObserve.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>The instruments of alarms in a real host, as a listener and as the embedded CloudWatch see them.</summary>
public sealed class AlarmInstrumentsTests
{
    private const string Changes = "cloudobserve.alarms.changes";
    private const string Count = "cloudobserve.alarms.count";

    [Fact]
    public async Task A_listener_sees_changes_states_duration_lag_and_failures()
    {
        await using RealHost host = await RealHost.StartAsync(m => Three(m));
        using Listener listener = new(host.Services.GetRequiredService<IMeterFactory>());
        Assert.Equal((1, 0, 2), listener.ByState(Count));
        Assert.Equal((1, 0, 0), listener.ByState(Changes));
        double failures = listener.Value("cloudobserve.alarms.evaluation.failures");

        host.Minute(80);
        Assert.Equal((0, 2, 1), listener.ByState(Count));
        Assert.Equal((1, 2, 0), listener.ByState(Changes));
        Assert.Equal(failures + 1, listener.Value("cloudobserve.alarms.evaluation.failures"));
        Assert.Equal(0, listener.Value("cloudobserve.alarms.evaluation.lag"));

        // The clock of the machine is set, so the next evaluation is late.
        host.Clock.Jump(TimeSpan.FromSeconds(7));
        host.Minute(10);
        Assert.Equal((2, 0, 1), listener.ByState(Count));
        Assert.Equal((3, 2, 0), listener.ByState(Changes));
        Assert.Equal(failures + 2, listener.Value("cloudobserve.alarms.evaluation.failures"));
        Assert.Equal(7, listener.Value("cloudobserve.alarms.evaluation.lag"));
        Assert.Equal(2, listener.Recorded("cloudobserve.alarms.evaluation.duration").Count(static seconds => seconds >= 0));
    }

    [Fact]
    public async Task A_notification_that_a_handler_does_not_handle_is_counted()
    {
        await using RealHost host = await RealHost.StartAsync(m => m
            .AddAlarm("orders", a => AlarmHost.Orders()(a))
            .AddNotificationHandler<AlarmActionsTests.ThrowingHandler>().AddNotificationHandler<NotingHandler>());
        using Listener listener = new(host.Services.GetRequiredService<IMeterFactory>());
        Assert.Equal(0, listener.Value("cloudobserve.alarms.notifications.failed"));
        host.Minute(80);
        _ = await host.Services.GetRequiredService<Notes>().NextAsync();
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (listener.Value("cloudobserve.alarms.notifications.failed") < 1)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(1, listener.Value("cloudobserve.alarms.notifications.failed"));
    }

    [Fact]
    public async Task The_embedded_CloudWatch_stores_them_if_the_meter_is_named()
    {
        await using RealHost host = await RealHost.StartAsync(
            m => Three(m), configure: library => library.WithMetrics(m => m.AddMeter("CloudObserve")));
        host.Minute(80);
        host.Minute(10);
        _ = await host.Services.GetRequiredService<ICloudObserve>().FlushAsync();

        // A scenario of another test has no meter factory, so this host may publish its instruments too.
        Assert.True(Statistic(host, Changes, "Sum", ("state", "ALARM")) >= 2);
        Assert.True(Statistic(host, Changes, "Sum", ("state", "OK")) >= 3);
        Assert.True(Statistic(host, Count, "Maximum", ("state", "OK")) >= 2);
        Assert.True(Statistic(host, Count, "Maximum", ("state", "INSUFFICIENT_DATA")) >= 1);
        Assert.True(Statistic(host, "cloudobserve.alarms.evaluation.failures", "Sum") >= 2);
        Assert.True(Statistic(host, "cloudobserve.alarms.evaluation.duration", "SampleCount") >= 2);
        Assert.NotNull(Statistic(host, "cloudobserve.alarms.evaluation.lag", "Maximum"));
    }

    private static void Three(MonitoringBuilder monitoring) => monitoring
        .AddAlarm("orders", a => AlarmHost.Orders()(a))
        .AddCompositeAlarm("shop", "ALARM(orders)")
        .AddAlarm("broken", a => a
            .Query("m", "Shop", "Orders", "Sum").Expression("ANOMALY_DETECTION_BAND(m, AVG(m) - AVG(m))").GreaterThan(1));

    private static double? Statistic(RealHost host, string instrument, string statistic, params (string Name, string Value)[] dimensions)
    {
        DateTimeOffset end = host.Clock.GetUtcNow().AddMinutes(1);
        Datapoint? datapoint = host.CloudWatch.GetMetricStatistics(new GetMetricStatisticsRequest
        {
            Metric = new MetricIdentifier("Shop", instrument, [.. dimensions.Select(d => new MetricDimension(d.Name, d.Value))]),
            StartTime = end.AddDays(-1),
            EndTime = end,
            Period = TimeSpan.FromDays(1),
            Statistics = [statistic],
        }).Datapoints.SingleOrDefault();
        return statistic switch
        {
            "Sum" => datapoint?.Sum,
            "Maximum" => datapoint?.Maximum,
            "Minimum" => datapoint?.Minimum,
            _ => datapoint?.SampleCount,
        };
    }

    /// <summary>Listens to the instruments of one host.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<(string Instrument, string? State, double Value)> _measurements = new();

        internal Listener(IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Name.StartsWith("cloudobserve.alarms.", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
            _listener.Start();
        }

        public void Dispose() => _listener.Dispose();

        /// <summary>Returns the present values for OK, ALARM and INSUFFICIENT_DATA.</summary>
        internal (double Ok, double Alarm, double InsufficientData) ByState(string instrument) =>
            (Value(instrument, "OK"), Value(instrument, "ALARM"), Value(instrument, "INSUFFICIENT_DATA"));

        internal double Value(string instrument, string? state = null)
        {
            _listener.RecordObservableInstruments();
            return _measurements.Last(m => m.Instrument == instrument && m.State == state).Value;
        }

        internal IEnumerable<double> Recorded(string instrument) =>
            _measurements.Where(m => m.Instrument == instrument).Select(static m => m.Value);

        private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string? state = null;
            foreach ((string name, object? text) in tags)
            {
                state = name == "state" ? (string?)text : state;
            }

            _measurements.Enqueue((instrument.Name, state, value));
        }
    }
}
