using CloudObserve.Delivery;
using CloudObserve.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudObserve.LoadTests.Working;

/// <summary>Writes numbered log events and puts samples, at a rate or on demand.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed partial class Load(ILoggerFactory loggers, IMetricPublisher metrics, ICloudObserve observe, WorkerSettings settings)
    : BackgroundService
{
    /// <summary>The number of events or samples in a block.</summary>
    internal const int Block = 256;

    private const string Text = "an order of one book and two pens was placed, paid for and packed within the hour";

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);

    private static readonly string[] Tiers = ["gold", "silver", "bronze", "none"];

    // A short delay is made up for, but at most this much, so that a long stall does not cause a burst.
    private static readonly TimeSpan MaxLag = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = loggers.CreateLogger("Load.Events");
    private readonly MetricSeries _series = metrics.Series("Samples", MetricUnit.Count);
    private readonly Lock _lock = new();
    private volatile bool _quiet;

    // Numbers are assigned by interlocked addition, so that several threads can write blocks. The lock only keeps the order of events that
    // are written under it.
    private long _events;
    private long _samples;

    /// <summary>Gets the number of written events.</summary>
    /// <remarks>Their numbers are all below it.</remarks>
    internal long Events => Interlocked.Read(ref _events);

    internal long Samples => Interlocked.Read(ref _samples);

    /// <summary>Gets a value indicating whether more events may be written, given the number that is neither delivered nor lost.</summary>
    internal bool HasRoom => Room > 0;

    // The number of events that may be written now.
    private long Room => settings.MostInFlight == 0 ? long.MaxValue : settings.MostInFlight - (Events - Settled());

    /// <summary>Ends the steady load.</summary>
    /// <remarks>When it returns, nothing more is written.</remarks>
    internal void BeQuiet()
    {
        _quiet = true;
        lock (_lock)
        {
        }
    }

    internal void WriteEvents(int count)
    {
        lock (_lock)
        {
            for (int i = 0; i < count; i++)
            {
                Written(_logger, _events, Text);
                _ = Interlocked.Increment(ref _events);
            }
        }
    }

    internal void PutSamples(int count)
    {
        lock (_lock)
        {
            for (int i = 0; i < count; i++)
            {
                _series.Put(_samples % 1000);
                _ = Interlocked.Increment(ref _samples);
            }
        }
    }

    /// <summary>Writes a block of events.</summary>
    /// <remarks>Their numbers count as written before the events are, and they are ordered within the block only.</remarks>
    internal void WriteBlock()
    {
        long end = Interlocked.Add(ref _events, Block);
        for (long number = end - Block; number < end; number++)
        {
            Written(_logger, number, Text);
        }
    }

    /// <summary>Puts a block of samples of a metric with three dimensions, which are looked up for each sample.</summary>
    internal void PutBlock()
    {
        long end = Interlocked.Add(ref _samples, Block);
        for (long number = end - Block; number < end; number++)
        {
            metrics.Put("OrderValue", number % 1000, MetricUnit.None, ("Region", "eu"), ("Tier", Tiers[number % Tiers.Length]),
                ("Channel", "web"));
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
            events = Do(Math.Clamp(Room, 0, events + (seconds * settings.Events)), WriteEvents);
            samples = Do(samples + (seconds * settings.Samples), PutSamples);
        }
    }

    private long Settled()
    {
        LedgerSnapshot books = observe.Ledgers["logs"];
        return books.Delivered + books.TotalLost;
    }

    // A fraction of an event that is due is carried over to the next interval.
    private static double Do(double due, Action<int> act)
    {
        act((int)due);
        return due - (int)due;
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Number:D12} {Text}")]
    private static partial void Written(ILogger logger, long number, string text);
}
