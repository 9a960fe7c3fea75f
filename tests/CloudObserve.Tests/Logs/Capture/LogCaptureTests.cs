using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CloudObserve.Logs;
using CloudObserve.Logs.Capture;
using CloudObserve.Pipeline.Delivery;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Tests.Logs.Capture;

public sealed class LogCaptureTests
{
    private readonly LogFixture _fixture = new();

    [Fact]
    public void What_was_known_at_the_call_is_in_the_event()
    {
        _fixture.Logger.Log(LogLevel.Warning, new EventId(17, "OrderLate"), "Order {OrderId} is {Delay} late", 5, TimeSpan.FromMinutes(2));

        _fixture.Read((in LogEvent e) =>
        {
            Assert.Equal(_fixture.Clock.GetUtcNow(), e.Timestamp);
            Assert.Equal(LogLevel.Warning, e.Level);
            Assert.Equal(LogFixture.Category, e.Category);
            Assert.Equal(17, e.EventId);
            Assert.Equal("OrderLate", e.EventName);
            Assert.Equal("Order {OrderId} is {Delay} late", e.Template);
            Assert.Equal(2, e.Values.Count);
            Assert.False(e.HasException);
            Assert.False(e.IsTruncated);
            Assert.True(e.TraceId.IsEmpty);
        });
    }

    [Fact]
    public void Each_value_keeps_its_type()
    {
        DateTime day = new(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc);
        Guid id = Guid.NewGuid();
        object?[] values =
        [
            "text", true, 'c', (sbyte)-1, (byte)2, (short)-3, (ushort)4, -5, 6u, -7L, ulong.MaxValue, 1.5f, 2.5, 3.50m, day,
            new DateTimeOffset(day), TimeSpan.FromSeconds(1), id, null, DayOfWeek.Friday, new[] { 1, 2 },
        ];
        Log([.. values.Select((v, i) => KeyValuePair.Create($"v{i}", v))]);

        _fixture.Read((in LogEvent e) =>
        {
            LogValues.Enumerator read = e.Values.GetEnumerator();
            LogValue Next(ref LogValues.Enumerator place)
            {
                Assert.True(place.MoveNext());
                return place.Current;
            }

            Assert.Equal("text"u8, Next(ref read).GetUtf8Text());
            Assert.True(Next(ref read).GetBoolean());
            Assert.Equal("c"u8, Next(ref read).GetUtf8Text());
            Assert.Equal(-1, Next(ref read).GetInt64());
            Assert.Equal(2, Next(ref read).GetInt64());
            Assert.Equal(-3, Next(ref read).GetInt64());
            Assert.Equal(4, Next(ref read).GetInt64());
            Assert.Equal(-5, Next(ref read).GetInt64());
            Assert.Equal(6, Next(ref read).GetInt64());
            Assert.Equal(-7, Next(ref read).GetInt64());
            Assert.Equal(ulong.MaxValue, Next(ref read).GetUInt64());
            Assert.Equal(1.5, Next(ref read).GetDouble());
            Assert.Equal(2.5, Next(ref read).GetDouble());
            Assert.Equal(3.50m, Next(ref read).GetDecimal());
            Assert.Equal(day, Next(ref read).GetDateTime());
            Assert.Equal(new DateTimeOffset(day), Next(ref read).GetDateTimeOffset());
            Assert.Equal(TimeSpan.FromSeconds(1), Next(ref read).GetTimeSpan());
            Assert.Equal(id, Next(ref read).GetGuid());
            Assert.Equal(LogValueKind.Null, Next(ref read).Kind);
            Assert.Equal("Friday"u8, Next(ref read).GetUtf8Text());
            LogValue list = Next(ref read);
            Assert.Equal("v20", list.Name);
            Assert.Equal(2, list.GetItems().Count);
            Assert.False(read.MoveNext());
        });
    }

    [Fact]
    public void Asking_a_value_for_another_kind_says_what_it_is()
    {
        _fixture.Logger.LogInformation("{Answer} {More}", 42, 1);

        _fixture.Read((in LogEvent e) =>
        {
            LogValues.Enumerator read = e.Values.GetEnumerator();
            read.MoveNext();
            string? said = null;
            try
            {
                read.Current.GetGuid();
            }
            catch (InvalidOperationException exception)
            {
                said = exception.Message;
            }

            Assert.Equal("The value 'Answer' is of kind SignedNumber, not Identifier.", said);
        });
    }

    [Fact]
    public void A_value_that_changes_after_the_call_is_what_it_was()
    {
        List<string> basket = ["pear"];
        System.Text.StringBuilder builder = new("before");
        _fixture.Logger.LogInformation("{Basket} {Builder}", basket, builder);
        basket.Add("apple");
        builder.Append(" and after");

        Assert.Equal("pear before", _fixture.Message());
    }

    [Fact]
    public void Captured_text_does_not_depend_on_the_threads_culture()
    {
        CultureInfo german = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        german.DateTimeFormat.DateSeparator = ".";
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = german;
            _fixture.Logger.LogInformation("{A} {B:N1} {C} {D}", 1.5, 2.5m, new Half[] { (Half)0.5 }, new DateOnly(2026, 11, 20));

            Assert.Equal("1.5 2.5 0.5 11/20/2026", _fixture.Message());
            Assert.Equal(1.5, _fixture.Json().GetProperty("values").GetProperty("A").GetDouble());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    public static TheoryData<object> Faults() => new(new Throwing(), new Throwing.AsText(), new object[] { 1, new Throwing.AsText() });

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_value_that_throws_costs_its_event_and_no_other(object value)
    {
        _fixture.Logger.LogInformation("before");
        _fixture.Logger.LogInformation("{Value}", value);
        _fixture.Logger.LogInformation("{Name} {Value}", "after", 1);

        Assert.Equal([LossReason.FormatterFailed], _fixture.Sink.Refusals);
        Assert.Same(Throwing.Fault, _fixture.Sink.Cause);
        Assert.Equal(2, _fixture.Sink.Records.Count);
        Assert.Equal("after 1", _fixture.Message());
    }

    [Fact]
    public void A_formatter_that_throws_costs_its_event_and_no_other()
    {
        _fixture.Logger.Log(LogLevel.Information, default, "state", null, (_, _) => throw Throwing.Fault);
        _fixture.Logger.LogInformation("after");

        Assert.Equal([LossReason.FormatterFailed], _fixture.Sink.Refusals);
        Assert.Equal("after", _fixture.Message());
    }

    [Fact]
    public void A_scope_that_throws_costs_its_event_and_no_other()
    {
        using (_fixture.Scopes.Push(new Throwing.AsText()))
        {
            _fixture.Logger.LogInformation("lost");
        }

        _fixture.Logger.LogInformation("after");

        Assert.Equal([LossReason.FormatterFailed], _fixture.Sink.Refusals);
        Assert.Equal("after", _fixture.Message());
    }

    [Fact]
    public void Too_few_arguments_cost_the_event_and_do_not_reach_the_caller()
    {
        Messages.Any(_fixture.Logger, "{A} {B}", [1]);

        Assert.Equal([LossReason.FormatterFailed], _fixture.Sink.Refusals);
    }

    [Fact]
    public void A_value_that_logs_while_it_is_captured_leaves_both_events_whole()
    {
        _fixture.Logger.LogInformation("{First} {Second} {Third}", "one", new Throwing.Logging(_fixture.Logger, "two"), "three");

        Assert.Equal(2, _fixture.Sink.Records.Count);
        Assert.Equal("one two three", _fixture.Message());
        _fixture.Sink.Records.RemoveAt(1);
        Assert.Equal("While writing two another event", _fixture.Message());
    }

    [Fact]
    public void A_value_that_logs_itself_ends()
    {
        _fixture.Logger.LogInformation("{Me}", new Throwing.Endless(_fixture.Logger));
        _fixture.Logger.LogInformation("{After}", "after");

        Assert.Equal(CaptureThread.MaxDepth + 1, _fixture.Sink.Records.Count);
        Assert.Equal([LossReason.FormatterFailed], _fixture.Sink.Refusals);
        Assert.Equal("after", _fixture.Message());
    }

    [Fact]
    public void A_full_sink_counts_and_the_next_event_is_whole_again()
    {
        _fixture.Sink.IsFull = true;
        _fixture.Logger.LogInformation("lost");
        _fixture.Sink.IsFull = false;
        _fixture.Logger.LogInformation("kept");

        Assert.Equal([LossReason.BufferFull], _fixture.Sink.Refusals);
        Assert.Equal("kept", _fixture.Message());
    }

    [Theory]
    [InlineData("CloudObserve")]
    [InlineData("CloudObserve.Delivery")]
    [InlineData("Amazon.Runtime.Internal.RetryHandler")]
    [InlineData("System.Net.Http.HttpClient.CloudObserve.LogicalHandler")]
    public void What_delivering_an_event_may_log_never_comes_back_in(string category) =>
        Assert.Same(NullLogger.Instance, _fixture.Provider.CreateLogger(category));

    [Theory]
    [InlineData("CloudObservers")]
    [InlineData("Amazon.S3.AmazonS3Client")]
    [InlineData("System.Net.Http.HttpClient.Payments.LogicalHandler")]
    public void The_applications_own_categories_come_in(string category)
    {
        _fixture.Provider.CreateLogger(category).LogInformation("x");

        _fixture.Read((in LogEvent e) => Assert.Equal(category, e.Category));
    }

    [Theory]
    [InlineData(LogLevel.Trace, true)]
    [InlineData(LogLevel.Critical, true)]
    [InlineData(LogLevel.None, false)]
    [InlineData((LogLevel)(-1), false)]
    public void Every_level_but_none_is_taken(LogLevel level, bool taken)
    {
        Assert.Equal(taken, _fixture.Logger.IsEnabled(level));
        _fixture.Logger.Log(level, "x");
        Assert.Equal(taken ? 1 : 0, _fixture.Sink.Records.Count);
    }

    [Fact]
    public void Levels_and_categories_follow_the_logging_configuration_under_our_alias()
    {
        using ILoggerFactory factory = LoggerFactory.Create(b => b
            .AddProvider(_fixture.Provider)
            .AddFilter<CloudObserveLoggerProvider>("Shop.Quiet", LogLevel.Error)
            .SetMinimumLevel(LogLevel.Warning));

        factory.CreateLogger("Shop.Quiet").LogWarning("no");
        factory.CreateLogger("Shop.Other").LogInformation("no");
        factory.CreateLogger("Shop.Other").LogWarning("yes");

        Assert.Single(_fixture.Sink.Records);
        Assert.Equal("yes", _fixture.Message());
        Assert.Equal("CloudObserve", typeof(CloudObserveLoggerProvider).GetCustomAttributesData()
            .Single(a => a.AttributeType == typeof(ProviderAliasAttribute)).ConstructorArguments[0].Value);
    }

    [Fact]
    public void A_call_within_an_activity_carries_its_ids()
    {
        using Activity activity = new("work");
        activity.SetIdFormat(ActivityIdFormat.W3C).Start();
        _fixture.Logger.LogInformation("x");

        JsonElement json = _fixture.Json();
        Assert.Equal(activity.TraceId.ToHexString(), json.GetProperty("traceId").GetString());
        Assert.Equal(activity.SpanId.ToHexString(), json.GetProperty("spanId").GetString());
    }

    [Fact]
    public void An_activity_of_the_old_id_format_carries_none()
    {
        using Activity activity = new("work");
        activity.SetIdFormat(ActivityIdFormat.Hierarchical).Start();
        _fixture.Logger.LogInformation("x");

        _fixture.Read((in LogEvent e) => Assert.True(e.TraceId.IsEmpty));
    }

    [Fact]
    public void A_text_larger_than_a_record_may_be_is_cut_and_the_event_says_so()
    {
        LogFixture small = new(maxRecordBytes: 4096);
        small.Logger.LogInformation("{Long} {Short}", new string('\u20AC', 5000), "end");

        JsonElement json = small.Json();
        Assert.True(json.GetProperty("truncated").GetBoolean());
        Assert.Equal("end", json.GetProperty("values").GetProperty("Short").GetString());
        Assert.Matches("^\u20AC+$", json.GetProperty("values").GetProperty("Long").GetString());
        Assert.InRange(small.Sink.Records[0].Length, 1, 4096);
    }

    [Fact]
    public void An_enumeration_without_an_end_is_cut()
    {
        LogFixture small = new(maxRecordBytes: 4096);
        small.Logger.LogInformation("{Numbers}", Forever());

        // What holds the rest of the record together may no longer fit; then the event is lost, and counted.
        Assert.Equal(1, small.Sink.Records.Count + small.Sink.Refusals.Count);

        static IEnumerable<int> Forever()
        {
            while (true)
            {
                yield return 1;
            }
        }
    }

    [Fact]
    public void Names_that_come_from_data_stay_readable_when_the_table_is_full()
    {
        LogFixture small = new(tableCapacity: 4);
        for (int i = 0; i < 20; i++)
        {
            Dictionary<string, object?> state = new() { [$"name{i}"] = i };
            small.Logger.Log(LogLevel.Information, new EventId(0, $"event{i}"), state, null, static (_, _) => "x");
            Messages.Any(small.Logger, $"Template {i} {{A}} {{B}}", [i, "b"]);
            Assert.Equal($"Template {i} {i} b", small.Message());
            JsonElement json = small.Json();
            Assert.Equal(i, json.GetProperty("values").GetProperty("A").GetInt32());
            Assert.Equal($"Template {i} {{A}} {{B}}", json.GetProperty("template").GetString());
            small.Sink.Records.RemoveAt(small.Sink.Records.Count - 1);
            json = small.Json();
            Assert.Equal(i, json.GetProperty("values").GetProperty($"name{i}").GetInt32());
            Assert.Equal($"event{i}", json.GetProperty("eventName").GetString());
            Assert.Equal(LogFixture.Category, json.GetProperty("category").GetString());
        }
    }

    [Fact]
    public void Lone_surrogates_become_the_replacement_character()
    {
        _fixture.Logger.LogInformation("{Text}{C}", "a\uD800b", '\uDC00');

        Assert.Equal("a\uFFFDb\uFFFD", _fixture.Message());
    }

    [Fact]
    public void Sixteen_threads_capture_without_disturbing_each_other()
    {
        ConcurrentSink sink = new();
        TextTable texts = new(64);
        using CloudObserveLoggerProvider provider = new(sink, TimeProvider.System, texts);
        ILogger logger = provider.CreateLogger("Shop");
        Thread[] threads = [.. Enumerable.Range(0, 16).Select(t => new Thread(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                Messages.Any(logger, $"Thread {t} {{Thread}} {{Number}} {{Text}}", [t, i, new string((char)('a' + t), i % 50)]);
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());

        HashSet<string> seen = [];
        foreach (byte[] record in sink.Records)
        {
            System.Buffers.ArrayBufferWriter<byte> output = new();
            new LogEvent(record, texts).WriteMessage(output);
            seen.Add(System.Text.Encoding.UTF8.GetString(output.WrittenSpan));
        }

        Assert.Equal(
            Enumerable.Range(0, 16).SelectMany(t => Enumerable.Range(0, 500).Select(i => $"Thread {t} {t} {i} {new string((char)('a' + t), i % 50)}")).ToHashSet(), seen);
    }

    private void Log(KeyValuePair<string, object?>[] state) => _fixture.Logger.Log(LogLevel.Information, default, state, null, static (_, _) => "x");
}
