using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Monitoring;
using CloudObserve.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudObserve.Benchmarks.Alarms;

/// <summary>Measures one evaluation of all alarms, each on a metric of its own with minute data, by the public face only.</summary>
[MemoryDiagnoser]
public class AlarmRound
{
    private const int DatumsPerRequest = 500;

    private ManualTimeProvider _clock = null!;
    private ServiceProvider _services = null!;
    private IBatchSink _store = null!;

    /// <summary>Gets or sets the number of alarms.</summary>
    [Params(1_000, 10_000)]
    public int Alarms { get; set; }

    /// <summary>Defines the alarms and stores an hour of data.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _clock = new ManualTimeProvider(new DateTimeOffset(2026, 3, 1, 10, 0, 10, TimeSpan.Zero));
        ServiceCollection services = new();
        _ = services.AddSingleton<TimeProvider>(_clock);
        _ = services.Configure<CloudObserveOptions>(options =>
        {
            options.Local.MaxSeries = 2 * Alarms;
            options.Local.MaxBytes = 1024L * 1024 * 1024;
        });
        _ = services.AddCloudObserve().WithMonitoring(m =>
        {
            for (int i = 0; i < Alarms; i++)
            {
                string number = i.ToString(CultureInfo.InvariantCulture);
                _ = m.AddAlarm($"alarm-{number}", a => a.Metric("Bench", "Latency", ("Instance", number)).Statistic("Average")
                    .GreaterThan(0.5).For(2, outOf: 3).WhenMissing(MissingData.NotBreaching));
            }
        });
        _services = services.BuildServiceProvider();
        _store = _services.GetRequiredService<IBatchSink>();
        for (int minute = 0; minute < 60; minute++)
        {
            Store();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        long before = GC.GetTotalMemory(forceFullCollection: true);
        long started = TimeProvider.System.GetTimestamp();
        _ = _services.GetRequiredService<IAlarms>();
        _clock.Advance(TimeSpan.Zero);
        TimeSpan start = TimeProvider.System.GetElapsedTime(started);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"// {Alarms} alarms: {(after - before) / 1024.0 / 1024.0:F1} MiB, defined and first evaluated in {start.TotalSeconds:F2} s"));
    }

    /// <summary>Stores the data of the next minute, which is not measured.</summary>
    [IterationSetup]
    public void Store()
    {
        for (int first = 0; first < Alarms; first += DatumsPerRequest)
        {
            long time = _clock.GetUtcNow().ToUnixTimeSeconds();
            StringBuilder body = new("{\"Namespace\":\"Bench\",\"MetricData\":[");
            for (int i = first; i < Math.Min(first + DatumsPerRequest, Alarms); i++)
            {
                _ = body.Append(i == first ? "" : ",").Append(
                    CultureInfo.InvariantCulture,
                    $$"""{"MetricName":"Latency","Timestamp":{{time}},"Value":0.25,"Dimensions":[{"Name":"Instance","Value":"{{i}}"}]}""");
            }

            byte[] bytes = Encoding.UTF8.GetBytes(body.Append("]}").ToString());
            DateTimeOffset now = _clock.GetUtcNow();
            using Batch batch = Batch.Create(new BatchHeader("PutMetricData", "Bench", now, now.AddDays(1)), bytes);
            SendResult result = _store.SendAsync(batch, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            if (result.Error != ErrorClass.None)
            {
                throw new InvalidOperationException(result.ToString());
            }
        }
    }

    /// <summary>Evaluates all alarms once: the clock reaches the next minute.</summary>
    [Benchmark]
    public void Evaluate() => _clock.Advance(TimeSpan.FromMinutes(1));

    /// <summary>Ends the alarms.</summary>
    [GlobalCleanup]
    public void CleanUp() => _services.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
