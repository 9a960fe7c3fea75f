using System.Buffers;
using System.Diagnostics;
using CloudObserve.Delivery;
using CloudObserve.Logs;
using CloudObserve.Logs.Capture;
using CloudObserve.Pipeline.Buffering;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs;

/// <summary>
/// Neither the threads that log nor the one that reads makes garbage. Counted exactly, after a few calls that fill what is kept.
/// </summary>
public sealed class AllocationTests
{
    private const int Calls = 200;
    private static readonly object Answer = 42;

    private readonly ReusingSink _sink = new();
    private readonly InternTable _texts = new();
    private readonly ILogger _logger;
    private readonly LoggerExternalScopeProvider _scopes = new();

    public AllocationTests()
    {
        CloudObserveLoggerProvider provider = new(_sink, TimeProvider.System, _texts);
        provider.SetScopeProvider(_scopes);
        _logger = provider.CreateLogger("Shop");
    }

    [Fact]
    public void A_generated_log_method_allocates_nothing() =>
        Assert.Equal(0, AllocatedBy(() => _logger.OrderSent("o-1", "Ann", "Oslo")));

    [Fact]
    public void A_generated_log_method_allocates_the_boxes_its_interface_asks_for_and_nothing_else()
    {
        long box = AllocatedBy(() => Box(17));

        Assert.Equal(2 * box, AllocatedBy(() => _logger.OrderTook(17, 18)));
        Assert.Equal(AllocatedBy(() => Box(17m)), AllocatedBy(() => _logger.OrderPlaced("o-1", "Ann", 17m)));
    }

    [Fact]
    public void A_call_with_arguments_allocates_what_it_does_without_a_logger_and_nothing_else()
    {
        Ignoring ignoring = new();
        long forced = AllocatedBy(() => ignoring.LogInformation("Order {A} has {B} and {C}", 1, 2.5, Guid.Empty));

        Assert.Equal(forced, AllocatedBy(() => _logger.LogInformation("Order {A} has {B} and {C}", 1, 2.5, Guid.Empty)));
        Assert.InRange(forced, 1, 200);
    }

    [Fact]
    public void A_constant_message_allocates_nothing() => Assert.Equal(0, AllocatedBy(() => _logger.LogInformation("Started")));

    [Fact]
    public void Enums_and_other_types_that_format_into_a_span_allocate_nothing()
    {
        object?[] arguments = [DayOfWeek.Friday, new DateOnly(2026, 11, 20), Answer, System.Net.IPAddress.Loopback];

        Assert.Equal(0, AllocatedBy(() => Messages.Any(_logger, "{Day:G} {Date:O} {Answer} {Address}", arguments)));
    }

    [Fact]
    public void Scopes_activities_and_exceptions_that_were_never_thrown_allocate_nothing()
    {
        using Activity activity = new("work");
        activity.SetIdFormat(ActivityIdFormat.W3C).Start();
        InvalidOperationException exception = new("outer", new ArgumentException("inner"));
        using (_scopes.Push("text"))
        using (_scopes.Push(new Dictionary<string, object?> { ["Tenant"] = "t", ["Number"] = 5 }))
        using (_logger.BeginScope("Order {OrderId}", 5))
        {
            Assert.Equal(0, AllocatedBy(() => _logger.LogError(exception, "failed")));
        }
    }

    [Fact]
    public void Both_formatters_allocate_nothing()
    {
        byte[] record = EveryPart();
        JsonLogEventFormatter json = new();
        PlainTextLogEventFormatter text = new();
        ArrayBufferWriter<byte> output = new(64 * 1024);

        Assert.Equal(0, AllocatedBy(() => Format(json)));
        Assert.Equal(0, AllocatedBy(() => Format(text)));

        void Format(ILogEventFormatter formatter)
        {
            output.ResetWrittenCount();
            LogEvent logEvent = new(record, _texts);
            formatter.Format(in logEvent, output);
        }
    }

    [Fact]
    public void Reading_an_event_allocates_nothing()
    {
        byte[] record = EveryPart();
        ArrayBufferWriter<byte> output = new(64 * 1024);
        int read = 0;

        Assert.Equal(0, AllocatedBy(() =>
        {
            output.ResetWrittenCount();
            LogEvent logEvent = new(record, _texts);
            int length = logEvent.Category.Length + logEvent.EventName!.Length + logEvent.Template!.Length;
            foreach (LogValue value in logEvent.Values)
            {
                length += value.Name.Length;
                value.WriteTo(output);
            }

            foreach (LogScope scope in logEvent.Scopes)
            {
                scope.WriteText(output);
            }

            logEvent.WriteMessage(output);
            read = length;
        }));
        Assert.NotEqual(0, read);
    }

    private static object Box<T>(T value) => value!;

    private static long AllocatedBy(Action call)
    {
        for (int i = 0; i < 50; i++)
        {
            call();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Calls; i++)
        {
            call();
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(0, allocated % Calls);
        return allocated / Calls;
    }

    private byte[] EveryPart()
    {
        RecordingSink sink = new();
        CloudObserveLoggerProvider provider = new(sink, TimeProvider.System, _texts);
        provider.SetScopeProvider(_scopes);
        using Activity activity = new("work");
        activity.SetIdFormat(ActivityIdFormat.W3C).Start();
        using (_scopes.Push("text"))
        using (_scopes.Push(new Dictionary<string, object?> { ["Tenant"] = "t", ["Number"] = 5 }))
        using (_logger.BeginScope("Order {OrderId}", 5))
        {
            provider.CreateLogger("Shop").Log(
                LogLevel.Error,
                new EventId(5, "Failed"),
                new AggregateException(new ArgumentException("inner"), new TimeoutException("other")),
                "{A} {B,10:N2} {C} {D:O} {E} {F}",
                1,
                2.5,
                "three",
                DateTimeOffset.UnixEpoch,
                new[] { 1, 2 },
                null);
        }

        return sink.Records[0];
    }

    /// <summary>Takes every record into the same memory.</summary>
    private sealed class ReusingSink : ILogRecordSink
    {
        private readonly byte[] _memory = new byte[64 * 1024];

        public bool TryClaim(int length, LogLevel level, out RingClaim claim)
        {
            claim = new RingClaim(_memory.AsSpan(0, length), 0);
            return true;
        }

        public void Publish(in RingClaim claim, LogLevel level)
        {
        }

        public void Refused(LossReason reason, Exception? cause) => throw new InvalidOperationException($"refused: {reason}", cause);

        public void ValueFailed(Exception cause) => throw new InvalidOperationException("a value failed", cause);
    }

    private sealed class Ignoring : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }
    }
}
