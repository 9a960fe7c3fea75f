using System.Globalization;
using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Monitoring.Hosting;
using CloudObserve.Sinks.Local;
using CloudObserve.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>The alarms of an application whose clock the test moves. It begins ten seconds after a full minute.</summary>
internal sealed class AlarmHost : IAsyncDisposable
{
    internal static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 10, TimeSpan.Zero);

    private readonly ServiceProvider _services;
    private readonly LocalIngestion _ingestion;

    internal AlarmHost(
        Action<MonitoringBuilder>? define = null,
        IConfiguration? configuration = null,
        string? directory = null,
        DateTimeOffset? start = null,
        Action<IServiceCollection>? configure = null)
    {
        Clock = new ManualTimeProvider(start ?? Start);
        ServiceCollection services = new();
        _ = services.AddSingleton<TimeProvider>(Clock).AddSingleton<ILoggerProvider>(Log).AddLogging()
            .AddMetrics();
        if (configuration is not null)
        {
            _ = services.AddSingleton(configuration);
        }

        _ = services.AddSingleton(Notes).AddCloudObserve().WithMonitoring(define);
        _ = services.Configure<CloudObserveOptions>(options =>
        {
            options.Local.Directory = directory;
            options.StateDirectory = directory is null ? null : Path.Combine(directory, "state");

            // The default spool is that of all tests, and would bring the notifications of others.
            options.Delivery.Spool.Enabled = directory is not null;
        });
        configure?.Invoke(services);
        _services = services.BuildServiceProvider();
        CloudWatch = _services.GetRequiredService<EmbeddedCloudWatch>();
        _ingestion = new LocalIngestion(CloudWatch, null);
    }

    internal ManualTimeProvider Clock { get; }

    internal LogLines Log { get; } = new();

    internal Notes Notes { get; } = new();

    internal EmbeddedCloudWatch CloudWatch { get; }

    internal IServiceProvider Services => _services;

    internal IAlarms Alarms => _services.GetRequiredService<IAlarms>();

    internal MonitoringRuntime Runtime => _services.GetRequiredService<MonitoringRuntime>();

    internal static Action<MetricAlarmBuilder> Orders(double threshold = 50) => alarm => alarm
        .Metric("Shop", "Orders").Statistic("Sum").GreaterThan(threshold).Notify("ops");

    internal static IConfigurationRoot Configured(params (string Key, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"CloudObserve:Monitoring:{s.Key}", s.Value))).Build();

    internal static IConfigurationRoot Json(string monitoring) => new ConfigurationBuilder()
        .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$$"""{"CloudObserve":{"Monitoring":{{{monitoring}}}}}"""))).Build();

    /// <summary>Waits until the evaluations have begun, which wait for the data of earlier processes.</summary>
    internal async Task BeginAsync()
    {
        _ = Alarms;
        await Runtime.Started.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Puts a value into the present minute and moves the clock to the next one.</summary>
    internal void Minute(double? value, string name = "Orders")
    {
        _ = Alarms;
        if (value is { } number)
        {
            Put(name, number);
        }

        Clock.Advance(TimeSpan.FromMinutes(1));
    }

    internal void Put(string name, double value, string unit = "None", params (string Name, string Value)[] dimensions) =>
        Put(_ingestion, name, value, unit, dimensions);

    /// <summary>Puts a value of high resolution at the present time of a store.</summary>
    internal static void Put(
        LocalIngestion ingestion, string name, double value, string unit = "None", params (string Name, string Value)[] dimensions)
    {
        Arrival arrival = ingestion.CloudWatch.Arrive();
        string pairs = string.Join(',', dimensions.Select(d => $$"""{"Name":"{{d.Name}}","Value":"{{d.Value}}"}"""));
        string body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"Namespace":"Shop","MetricData":[{"MetricName":"{{name}}","Timestamp":{{arrival.Time.ToUnixTimeSeconds()}},"Value":{{value:R}},"Unit":"{{unit}}","StorageResolution":1,"Dimensions":[{{pairs}}]}]}""");
        Assert.Equal(ErrorClass.None, ingestion.Apply("PutMetricData", Encoding.UTF8.GetBytes(body), arrival).Error);
    }

    internal AlarmState StateOf(string alarm) => Metric(alarm) is { } metric ? metric.StateValue : Composite(alarm).StateValue;

    internal MetricAlarm? Metric(string alarm) =>
        Alarms.DescribeAlarms(new DescribeAlarmsRequest { AlarmNames = [alarm] }).MetricAlarms.SingleOrDefault();

    internal CompositeAlarm Composite(string alarm) => Assert.Single(
        Alarms.DescribeAlarms(new DescribeAlarmsRequest { AlarmNames = [alarm], AlarmTypes = ["CompositeAlarm"] }).CompositeAlarms);

    internal string[] History(string? alarm = null, string? type = null) =>
    [
        .. Alarms.DescribeAlarmHistory(new DescribeAlarmHistoryRequest
        {
            AlarmName = alarm, HistoryItemType = type, ScanBy = "TimestampAscending",
        }).AlarmHistoryItems.Select(static item => item.HistorySummary),
    ];

    // Deadlines of a close pass on the test's clock.
    public async ValueTask DisposeAsync()
    {
        Task end = Task.Run(async () => await _services.DisposeAsync());
        while (!end.IsCompleted)
        {
            for (int i = 0; i < 500 && !end.IsCompleted; i++)
            {
                await Task.Yield();
            }

            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await end;
    }
}
