using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CloudObserve.Delivery;
using CloudObserve.Logs;
using CloudObserve.Logs.Capture;
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

    public static TheoryData<object, string> Faults() => new()
    {
        { new Throwing(), "[failed:InvalidOperationException]" },
        { new Throwing.AsText(), "[failed:InvalidOperationException]" },
        { new object[] { 1, new Throwing.AsText(), 2 }, "1, [failed:InvalidOperationException], 2" },
        { ThrowingAfter(2), "0, 1, [failed:InvalidOperationException]" },
        { ThrowingAfter(0), "[failed:InvalidOperationException]" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_value_that_throws_is_a_marker_in_its_own_place(object value, string marked)
    {
        _fixture.Logger.LogInformation("{Before} {Value:X} {After}", "before", value, 17);

        Assert.Equal($"before {marked} 17", _fixture.Message());
        Assert.Equal(17, _fixture.Json().GetProperty("values").GetProperty("After").GetInt32());
        Assert.Empty(_fixture.Sink.Refusals);
        Assert.Same(Throwing.Fault, Assert.Single(_fixture.Sink.Faults));
    }

    [Fact]
    public void A_formatter_that_throws_costs_the_message_and_nothing_else()
    {
        KeyValuePair<string, object?>[] state = [new("Order", 5), new("{OriginalFormat}", "Order {Order}")];
        _fixture.Logger.Log(LogLevel.Information, default, state, null, (_, _) => throw Throwing.Fault);

        Assert.Equal("[failed:InvalidOperationException] Order {Order}", _fixture.Message());
        Assert.Equal(5, _fixture.Json().GetProperty("values").GetProperty("Order").GetInt32());
        Assert.Empty(_fixture.Sink.Refusals);
    }

    [Fact]
    public void A_state_that_throws_costs_its_values_and_nothing_else()
    {
        _fixture.Logger.Log(LogLevel.Information, default, new Throwing.AsList(), null, (_, _) => "message");

        Assert.Equal("message", _fixture.Message());
        Assert.Equal("""{"(failed)":"[failed:InvalidOperationException]"}""", _fixture.Json().GetProperty("values").GetRawText());
        Assert.Empty(_fixture.Sink.Refusals);
    }

    [Fact]
    public void Too_few_arguments_cost_the_place_they_are_missing_in()
    {
        Messages.Any(_fixture.Logger, "{A} {B}", [1]);

        Assert.Equal("1 [failed:IndexOutOfRangeException]", _fixture.Message());
        Assert.Equal(1, _fixture.Json().GetProperty("values").GetProperty("A").GetInt32());
    }

    [Fact]
    public void A_state_of_texts_by_name_becomes_values()
    {
        _fixture.Logger.Log(LogLevel.Information, default, new Dictionary<string, string> { ["A"] = "a" }, null, (_, _) => "x");

        Assert.Equal("""{"A":"a"}""", _fixture.Json().GetProperty("values").GetRawText());
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
        Assert.Equal([LogLossReasons.FormatterFailed], _fixture.Sink.Refusals);
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

    [Theory]
    [InlineData(4096)]
    [InlineData(64 * 1024)]
    [InlineData(LogCapture.DefaultMaxRecordBytes)]
    public void An_enumeration_without_an_end_is_cut_and_what_follows_it_is_there(int maxRecordBytes)
    {
        LogFixture small = new(maxRecordBytes: maxRecordBytes);
        small.Logger.LogInformation("{Numbers} {After}", Forever(), "after");

        JsonElement json = small.Shipped();
        Assert.True(json.GetProperty("truncated").GetBoolean());
        Assert.Equal("after", json.GetProperty("values").GetProperty("After").GetString());
        Assert.Equal(1, json.GetProperty("values").GetProperty("Numbers")[0].GetInt32());
        Assert.InRange(small.Sink.Records[0].Length, 1, maxRecordBytes);

        static IEnumerable<int> Forever()
        {
            while (true)
            {
                yield return 1;
            }
        }
    }

    [Fact]
    public void An_enumeration_that_takes_its_time_is_cut_after_a_second()
    {
        _fixture.Logger.LogInformation("{Slow} {After}", Slow(), "after");

        Assert.InRange(_fixture.Json().GetProperty("values").GetProperty("Slow").GetArrayLength(), 2, 20);
        Assert.EndsWith(" after", _fixture.Message(), StringComparison.Ordinal);

        IEnumerable<int> Slow()
        {
            while (true)
            {
                _fixture.Clock.Advance(TimeSpan.FromMilliseconds(200));
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
        InternTable texts = new(64);
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
            Enumerable.Range(0, 16)
                .SelectMany(t => Enumerable.Range(0, 500).Select(i => $"Thread {t} {t} {i} {new string((char)('a' + t), i % 50)}"))
                .ToHashSet(), seen);
    }

    private void Log(KeyValuePair<string, object?>[] state) =>
        _fixture.Logger.Log(LogLevel.Information, default, state, null, static (_, _) => "x");

    private static IEnumerable<int> ThrowingAfter(int count)
    {
        for (int i = 0; i < count; i++)
        {
            yield return i;
        }

        throw Throwing.Fault;
    }
}
