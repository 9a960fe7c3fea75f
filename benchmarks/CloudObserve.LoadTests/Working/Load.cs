using CloudObserve.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.LoadTests.Working;

/// <summary>Writes numbered log events and puts samples, at a rate or on demand.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed partial class Load(ILoggerFactory loggers, IMetricPublisher metrics, WorkerSettings settings) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);

    // What a busy machine held up is caught up with, but a long stall must not become a flood.
    private static readonly TimeSpan MaxLag = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = loggers.CreateLogger("Load.Events");
    private readonly MetricSeries _series = metrics.Series("Samples", MetricUnit.Count);
    private readonly Lock _gate = new();
    private volatile bool _quiet;

    // Both written under the gate, and read from anywhere.
    private long _events;
    private long _samples;

    /// <summary>Gets how many events have been written: their numbers are those below it.</summary>
    internal long Events => Interlocked.Read(ref _events);

    internal long Samples => Interlocked.Read(ref _samples);

    /// <summary>Ends the steady load. When it returns nothing more is written.</summary>
    internal void BeQuiet()
    {
        _quiet = true;
        lock (_gate)
        {
        }
    }

    internal void WriteEvents(int count)
    {
        lock (_gate)
        {
            for (int i = 0; i < count; i++)
            {
                Written(_logger, _events, "an order of one book and two pens was placed, paid for and packed within the hour");
                _ = Interlocked.Increment(ref _events);
            }
        }
    }

    internal void PutSamples(int count)
    {
        lock (_gate)
        {
            for (int i = 0; i < count; i++)
            {
                _series.Put(_samples % 1000);
                _ = Interlocked.Increment(ref _samples);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Beat);
        long last = TimeProvider.System.GetTimestamp();
        (double events, double samples) = (0, 0);
        while (!_quiet && await timer.WaitForNextTickAsync(stoppingToken))
        {
            long now = TimeProvider.System.GetTimestamp();
            TimeSpan passed = TimeProvider.System.GetElapsedTime(last, now);
            double seconds = (passed < MaxLag ? passed : MaxLag).TotalSeconds;
            last = now;
            events = Do(events + (seconds * settings.Events), WriteEvents);
            samples = Do(samples + (seconds * settings.Samples), PutSamples);
        }
    }

    // A part of an event that is due is kept for the next beat.
    private static double Do(double due, Action<int> act)
    {
        act((int)due);
        return due - (int)due;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Number:D12} {Text}")]
    private static partial void Written(ILogger logger, long number, string text);
}
