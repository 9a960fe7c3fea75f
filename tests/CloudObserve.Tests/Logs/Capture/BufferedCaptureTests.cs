using System.Diagnostics;
using System.Text.Json;
using CloudObserve.Delivery;
using CloudObserve.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Tests.Logs.Capture;

public sealed class BufferedCaptureTests
{
    private readonly LogFixture _fixture = new();

    [Fact]
    public void A_buffered_entry_keeps_the_time_and_trace_of_its_call()
    {
        Held held = new(_fixture.Clock.GetUtcNow());
        _fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        using Activity later = new("later");
        later.SetIdFormat(ActivityIdFormat.W3C).Start();
        ((IBufferedLogger)_fixture.Logger).LogRecords([held]);

        JsonElement json = _fixture.Json();
        Assert.Equal("2026-11-20T09:30:00.125Z", json.GetProperty("timestamp").GetString());
        Assert.Equal("Debug", json.GetProperty("level").GetString());
        Assert.Equal("Order 5 placed", json.GetProperty("message").GetString());
        Assert.Equal("Order {OrderId} placed", json.GetProperty("template").GetString());
        Assert.Equal(5, json.GetProperty("values").GetProperty("OrderId").GetInt32());
        Assert.Equal(held.ActivityTraceId!.Value.ToHexString(), json.GetProperty("traceId").GetString());
        Assert.Equal("System.Exception: boom", json.GetProperty("exception").GetProperty("stack").GetString());
    }

    [Fact]
    public void A_buffered_entry_without_its_message_shows_its_template()
    {
        ((IBufferedLogger)_fixture.Logger).LogRecords([new Bare()]);

        JsonElement json = _fixture.Json();
        Assert.Equal("Order {OrderId} placed", json.GetProperty("message").GetString());
        Assert.False(json.TryGetProperty("traceId", out _));
    }

    [Fact]
    public void A_sequence_that_throws_costs_what_was_not_read_and_never_its_caller()
    {
        ((IBufferedLogger)_fixture.Logger).LogRecords(Failing());

        Assert.Equal(2, _fixture.Sink.Records.Count);
        Assert.Equal([LogLossReasons.FormatterFailed], _fixture.Sink.Refusals);
        Assert.IsType<InvalidOperationException>(_fixture.Sink.Cause);
    }

    [Fact]
    public void A_record_that_throws_costs_itself_and_not_those_behind_it()
    {
        ((IBufferedLogger)_fixture.Logger).LogRecords([new Bare(), new Broken(), null!, new Bare()]);

        Assert.Equal(2, _fixture.Sink.Records.Count);
        Assert.Equal([LogLossReasons.FormatterFailed, LogLossReasons.FormatterFailed], _fixture.Sink.Refusals);
    }

    private static IEnumerable<BufferedLogRecord> Failing()
    {
        yield return new Bare();
        yield return new Bare();
        throw new InvalidOperationException("The buffer is gone.");
    }

    private sealed class Held(DateTimeOffset timestamp) : BufferedLogRecord
    {
        public override DateTimeOffset Timestamp => timestamp;

        public override LogLevel LogLevel => LogLevel.Debug;

        public override EventId EventId => new(3, "OrderPlaced");

        public override string? Exception => "System.Exception: boom";

        public override string? FormattedMessage => "Order 5 placed";

        public override string? MessageTemplate => "Order {OrderId} placed";

        public override ActivityTraceId? ActivityTraceId { get; } = System.Diagnostics.ActivityTraceId.CreateRandom();

        public override ActivitySpanId? ActivitySpanId { get; } = System.Diagnostics.ActivitySpanId.CreateRandom();

        public override IReadOnlyList<KeyValuePair<string, object?>> Attributes =>
            [new("OrderId", 5), new("{OriginalFormat}", MessageTemplate)];
    }

    private sealed class Bare : BufferedLogRecord
    {
        public override DateTimeOffset Timestamp => default;

        public override LogLevel LogLevel => LogLevel.Information;

        public override EventId EventId => default;

        public override IReadOnlyList<KeyValuePair<string, object?>> Attributes => [new("{OriginalFormat}", "Order {OrderId} placed")];
    }

    private sealed class Broken : BufferedLogRecord
    {
        public override DateTimeOffset Timestamp => default;

        public override LogLevel LogLevel => throw new NotSupportedException();

        public override EventId EventId => default;
    }
}
