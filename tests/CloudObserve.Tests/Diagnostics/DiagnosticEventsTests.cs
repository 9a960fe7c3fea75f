using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using CloudObserve.Audit;
using CloudObserve.Diagnostics;
using CloudObserve.Logs;
using CloudObserve.Testing;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Diagnostics;

public sealed class DiagnosticEventsTests : IDisposable
{
    private static readonly TimeSpan Safety = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time = new();
    private readonly CollectingLogger _logger = new();
    private readonly DiagnosticEvents _events;

    public DiagnosticEventsTests() => _events = new DiagnosticEvents(_logger, null, _time);

    public void Dispose()
    {
        _events.Dispose();
        _logger.Dispose();
    }

    [Fact]
    public async Task A_retry_storm_is_one_warning_and_its_end_one_line_with_duration_and_count()
    {
        for (int i = 1; i <= 1000; i++)
        {
            Retry("Unavailable", i);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _events.BatchDelivered(new DeliveredBatch("logs", "PutLogEvents", "group/stream", 5, 100, TimeSpan.FromMilliseconds(20)));
        _events.BatchDelivered(new DeliveredBatch("logs", "PutLogEvents", "group/stream", 5, 100, TimeSpan.FromMilliseconds(20)));

        await _events.WhenSaidAsync();
        Assert.Single(_logger.At(LogLevel.Warning));
        Assert.Equal(999, _logger.At(LogLevel.Debug).Count());
        Assert.Equal("PutLogEvents to group/stream recovered after 00:16:40 and 1000 failed attempts.",
            Assert.Single(_logger.At(LogLevel.Information)));
    }

    [Fact]
    public async Task The_warning_names_destination_class_code_message_and_what_to_check()
    {
        Retry("Unauthorized", 1);

        await _events.WhenSaidAsync();
        string warning = Assert.Single(_logger.At(LogLevel.Warning));
        Assert.All(
            ["group/stream", "Unauthorized", "TheCode", "the words", "credentials", "region", "IAM action PutLogEvents"],
            part => Assert.Contains(part, warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Health_and_status_do_not_quote_an_exception_of_the_applications_own_code_which_may_quote_what_was_logged()
    {
        _events.MisuseFound(new Misuse("logs", "FormatterFailed", "Shop.OrderFormatter", "The formatter threw: the customer is Anna")
        {
            PublicRule = LogLossReasons.PublicRuleOf(LogLossReasons.FormatterFailed),
        });

        await _events.WhenSaidAsync();
        Assert.Contains("Anna", Assert.Single(_logger.At(LogLevel.Warning)), StringComparison.Ordinal);
        Assert.DoesNotContain("Anna", Assert.Single(_events.Health.Judge().Reasons), StringComparison.Ordinal);
        Assert.Equal("Shop.OrderFormatter: the application's own code failed; see the log for details.",
            Assert.Single(_events.LastErrors.List()).Message);
    }

    [Fact]
    public async Task Health_and_status_do_not_show_what_was_lost_only_the_log_does()
    {
        _events.DataLost(new DataLoss("logs", "Rejected", 1, "refused with TheCode: the words", "the customer is Anna"));

        await _events.WhenSaidAsync();
        Assert.Contains("Anna", Assert.Single(_logger.At(LogLevel.Warning)), StringComparison.Ordinal);
        Assert.EndsWith("the words", Assert.Single(_events.Health.Judge().Reasons), StringComparison.Ordinal);
        Assert.Equal("refused with TheCode: the words", Assert.Single(_events.LastErrors.List()).Message);
    }

    [Fact]
    public async Task Every_kind_of_trouble_is_among_the_last_errors_under_the_name_of_its_message()
    {
        Retry("Unavailable", 1);
        _events.DataLost(new DataLoss("logs", "BufferFull", 5, "the buffer was full"));
        _events.MisuseFound(new Misuse("metrics", "InvalidValue", "Orders", "NaN was put"));
        _events.SetupIncomplete("log group /shop", "PutRetentionPolicy", "AccessDenied", "not allowed");
        _events.Noticed(AuditMessages.TrailNoticed("118 bytes were cut."));
        _events.InternalError("collecting", new InvalidOperationException("a secret"));

        await _events.WhenSaidAsync();
        string[] kinds = [.. _events.LastErrors.List().Select(e => e.Kind).Order(StringComparer.Ordinal)];
        Assert.Equal(["DataLost", "DeliveryInterrupted", "InternalErrorOccurred", "MisuseFound", "SetupIncomplete", "TrailNoticed"], kinds);
        Assert.Equal(kinds, _logger.Entries.Select(e => e.Id.Name!).Order(StringComparer.Ordinal));
        Assert.Equal(5, _events.LastErrors.List().Single(e => e.Kind == "DataLost").Count);
        Assert.DoesNotContain(_events.LastErrors.List(), e => e.Message.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_class_of_error_within_an_outage_is_news()
    {
        Retry("Unavailable", 1);
        Retry("Unauthorized", 2);
        Retry("Unauthorized", 3);

        await _events.WhenSaidAsync();
        Assert.Equal(2, _logger.At(LogLevel.Warning).Count());
    }

    [Fact]
    public async Task One_destination_that_works_does_not_end_the_outage_of_another()
    {
        for (int i = 1; i <= 10; i++)
        {
            Retry("Unauthorized", i);
            _events.BatchDelivered(new DeliveredBatch("logs", "PutLogEvents", "other", 1, 1, TimeSpan.Zero));
        }

        await _events.WhenSaidAsync();
        Assert.Single(_logger.At(LogLevel.Warning));
        Assert.Empty(_logger.At(LogLevel.Information));
    }

    [Fact]
    public async Task Losses_are_summed_up_once_a_minute_and_none_is_left_out()
    {
        for (int i = 0; i < 120; i++)
        {
            _events.DataLost(new DataLoss("logs", "BufferFull", 2, "detail"));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        _events.DataLost(new DataLoss("logs", "BufferFull", 2, "detail"));

        await _events.WhenSaidAsync();
        string[] warnings = [.. _logger.At(LogLevel.Warning)];
        Assert.Equal(["2", "120", "120"], warnings.Select(w => w.Split(' ')[0]));
    }

    [Fact]
    public async Task A_misuse_is_told_once_a_subject_and_the_memory_for_it_is_bounded()
    {
        for (int i = 0; i < 5000; i++)
        {
            _events.MisuseFound(new Misuse("metrics", "InvalidName", $"name{i % 2500}", "A name has 1 to 255 characters."));
        }

        await _events.WhenSaidAsync();
        Assert.Equal(DiagnosticEvents.MostMisuses + 1, _logger.At(LogLevel.Warning).Count());
        Assert.Equal(101, _logger.Entries.Last().Id.Id);
    }

    [Fact]
    public async Task An_internal_error_is_told_at_error_level_once_a_minute()
    {
        for (int i = 0; i < 10; i++)
        {
            _events.InternalError("Here", new InvalidOperationException("fault"));
        }

        await _events.WhenSaidAsync();
        Assert.Single(_logger.At(LogLevel.Error));
        _time.Advance(TimeSpan.FromMinutes(1));
        _events.InternalError("Here", new InvalidOperationException("fault"));
        await _events.WhenSaidAsync();
        Assert.Equal(2, _logger.At(LogLevel.Error).Count());
    }

    [Fact]
    public async Task A_logger_that_throws_is_heard_of_in_the_event_source_and_nowhere_else()
    {
        using CollectingLogger broken = new(broken: true);
        using DiagnosticEvents events = new(broken, null, _time);
        using EventSourceListener listener = new();
        events.DataLost(new DataLoss("logs", "BufferFull", 1, "detail of the broken one"));
        events.InternalError("Here", new InvalidOperationException("fault"));

        await events.WhenSaidAsync();
        Assert.Contains(listener.Written, w => w.Name == "InternalError" && w.Text.Contains("a broken provider", StringComparison.Ordinal));
        Assert.Contains(listener.Written, w => w.Name == "DataLost"
            && w.Text.Contains("detail of the broken one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_code_of_the_application_runs_on_the_thread_that_reports()
    {
        using OwnThreadLogger logger = new();
        using DiagnosticEvents events = new(logger, null, _time);
        using EventSourceListener listener = new();
        int reporting = 0;
        Thread reporter = new(() =>
        {
            reporting = Environment.CurrentManagedThreadId;
            events.AttemptFailed(new FailedAttempt("logs", "PutLogEvents", "d", "Unavailable", "c", "m"));
            events.AttemptFailed(new FailedAttempt("logs", "PutLogEvents", "d", "Unavailable", "c", "m") { Attempt = 2 });
            events.BatchDelivered(new DeliveredBatch("logs", "PutLogEvents", "d", 1, 1, TimeSpan.Zero));
            events.BatchSplit(new SplitBatch("logs", "PutLogEvents", "d", 2, "c", "m"));
            events.DataLost(new DataLoss("logs", "BufferFull", 1, "detail"));
            events.DataLost(new DataLoss("logs", "BufferFull", 1, "detail"));
            events.MisuseFound(new Misuse("logs", "InvalidName", "s", "r"));
            events.BodySent("PutLogEvents", 10, 1);
            events.SetupIncomplete("spool", "opening it", "InUse", "m");
            events.Noticed(AuditMessages.TrailNoticed("n"));
            events.InternalError("Here", new InvalidOperationException("fault"));
            events.InternalError("Here", new InvalidOperationException("fault"));
        });
        reporter.Start();
        reporter.Join();
        await events.WhenSaidAsync();

        Assert.Equal(11, logger.Threads.Count);
        Assert.DoesNotContain(reporting, logger.Threads);
        Assert.DoesNotContain(reporting, listener.Threads);
    }

    [Fact]
    public async Task A_logger_that_hangs_holds_up_nobody_who_reports_and_what_was_not_logged_is_counted()
    {
        using OwnThreadLogger logger = new();
        using ManualResetEventSlim hangs = new();
        logger.Before = () => hangs.Wait(Safety);
        using DiagnosticEvents events = new(logger, null, _time);
        for (int i = 0; i < NoticeQueue.Most + 100; i++)
        {
            events.SetupIncomplete("spool", "opening it", "InUse", $"{i}");
        }

        hangs.Set();
        await events.WhenSaidAsync();

        // One may have been taken out before the others came.
        Assert.InRange(logger.Threads.Count, NoticeQueue.Most, NoticeQueue.Most + 2);
        Assert.Matches("^Messages of CloudObserve were not logged, .*: (99|100)\\.$", logger.Last);
    }

    [Fact]
    public void Every_category_begins_so_that_a_sink_can_keep_it_out_of_itself()
    {
        Assert.NotEmpty(_logger.Categories);
        Assert.All(_logger.Categories, c => Assert.StartsWith(Log.CategoryPrefix, c, StringComparison.Ordinal));
    }

    [Fact]
    public void The_event_sources_manifest_is_valid()
    {
        Assert.NotNull(EventSource.GenerateManifest(typeof(CloudObserveEventSource), null, EventManifestOptions.Strict));
    }

    [Fact]
    public async Task Instruments_carry_the_books_the_queue_and_what_happens()
    {
        using DiagnosticEvents events = new(_logger, new OneMeterFactory(), _time);
        events.Sources.Register(
            new SignalSource(
                "logs", () => new SignalReading(
                    10, 6, [new("BufferFull", 3)], 1, 2, 300, 1, TimeSpan.FromSeconds(7), RequestLimit: 8, Spooled: 5, SpoolBytes: 600)));
        events.Sources.Register(new SignalSource("broken", () => throw new InvalidOperationException("cannot be read")));
        using MeterReader reader = new(OneMeterFactory.Scope);

        events.BatchDelivered(new DeliveredBatch("logs", "PutLogEvents", "d", 1, 1, TimeSpan.FromMilliseconds(250)));
        events.AttemptFailed(new FailedAttempt("logs", "PutLogEvents", "d", "Throttled", "c", "m"));
        events.BatchSplit(new SplitBatch("logs", "PutLogEvents", "d", 2, "c", "m"));
        events.MisuseFound(new Misuse("logs", "InvalidName", "s", "r"));
        events.BodySent("PutLogEvents", 1000, 100);
        await events.WhenSaidAsync();
        reader.Observe();

        Assert.Equal(
            [
                "cloudobserve.delivery.duration[s] signal=logs operation=PutLogEvents: 0.25",
                "cloudobserve.delivery.limit[{request}] signal=logs: 8",
                "cloudobserve.delivery.requests[{request}] signal=logs: 1",
                "cloudobserve.delivery.retries[{attempt}] signal=logs error.class=Throttled: 1",
                "cloudobserve.delivery.splits[{batch}] signal=logs: 1",
                "cloudobserve.intake.misuses[{call}] signal=logs reason=InvalidName: 1",
                "cloudobserve.ledger.accepted[{item}] signal=logs: 10",
                "cloudobserve.ledger.delivered[{item}] signal=logs: 6",
                "cloudobserve.ledger.in_flight[{item}] signal=logs: 1",
                "cloudobserve.ledger.lost[{item}] signal=logs reason=BufferFull: 3",
                "cloudobserve.queue.batches[{batch}] signal=logs: 2",
                "cloudobserve.queue.oldest_age[s] signal=logs: 7",
                "cloudobserve.queue.size[By] signal=logs: 300",
                "cloudobserve.request.body[By] operation=PutLogEvents: 1000",
                "cloudobserve.request.wire[By] operation=PutLogEvents: 100",
                "cloudobserve.spool.items[{item}] signal=logs: 5",
                "cloudobserve.spool.size[By] signal=logs: 600",
            ],
            reader.Written.Order(StringComparer.Ordinal));
    }

    private void Retry(string errorClass, int attempt) =>
        _events.AttemptFailed(new FailedAttempt("logs", "PutLogEvents", "group/stream", errorClass, "TheCode", "the words")
        {
            Attempt = attempt,
            Pause = TimeSpan.FromSeconds(1),
        });

    private sealed class OneMeterFactory : IMeterFactory
    {
        internal static readonly object Scope = new();

        public Meter Create(MeterOptions options) => new(new MeterOptions(options.Name) { Scope = Scope });

        public void Dispose()
        {
        }
    }

    private sealed class MeterReader : IDisposable
    {
        private readonly MeterListener _listener = new();

        internal MeterReader(object scope)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, scope))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>(Write);
            _listener.SetMeasurementEventCallback<double>(Write);
            _listener.Start();
        }

        internal List<string> Written { get; } = [];

        internal void Observe() => _listener.RecordObservableInstruments();

        public void Dispose() => _listener.Dispose();

        private void Write<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
            Written.Add($"{instrument.Name}[{instrument.Unit}] {string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))}: {value}");
    }

    private sealed class OwnThreadLogger : ILoggerFactory, ILogger
    {
        internal System.Collections.Concurrent.ConcurrentQueue<int> Threads { get; } = new();

        internal string Last { get; private set; } = "";

        internal Action? Before { get; set; }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Before?.Invoke();
            Threads.Enqueue(Environment.CurrentManagedThreadId);
            Last = formatter(state, exception);
        }

        public void Dispose()
        {
        }
    }
}
