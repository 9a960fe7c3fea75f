using System.Text.Json;
using CloudObserve.Logs;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs;

public sealed class JsonLogEventFormatterTests
{
    private readonly LogFixture _fixture = new();

    [Fact]
    public void An_event_is_one_object_with_the_documented_fields()
    {
        using (_fixture.Logger.BeginScope("Request {RequestId}", "r-1"))
        {
            _fixture.Logger.Log(LogLevel.Warning, new EventId(17, "OrderLate"), "Order {OrderId} is {Delay:0.0} h late", 5, 1.5);
        }

        Assert.Equal(
            """
            {"timestamp":"2026-11-20T09:30:00.125Z","level":"Warning","category":"Shop.Orders","eventId":17,"eventName":"OrderLate","message":"Order 5 is 1.5 h late",
            "template":"Order {OrderId} is {Delay:0.0} h late","values":{"OrderId":5,"Delay":1.5},"scopes":{"RequestId":"r-1"},"scopeTexts":["Request r-1"]}
            """.ReplaceLineEndings(""),
            _fixture.Text(new JsonLogEventFormatter()));
    }

    [Fact]
    public void Fields_without_content_are_left_out()
    {
        _fixture.Logger.LogInformation("Started");

        Assert.Equal(
            """{"timestamp":"2026-11-20T09:30:00.125Z","level":"Information","category":"Shop.Orders","message":"Started"}""",
            _fixture.Text(new JsonLogEventFormatter()));
    }

    [Fact]
    public void Values_have_their_own_json_types()
    {
        _fixture.Logger.LogInformation(
            "{A}{B}{C}{D}{E}{F}{G}{H}{I}{J}",
            1,
            2.5f,
            3.10m,
            true,
            null,
            DayOfWeek.Friday,
            new object?[] { 1, "two", null, 4.5 },
            new DateTime(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc),
            TimeSpan.FromMinutes(1),
            ulong.MaxValue);

        Assert.Equal(
            """{"A":1,"B":2.5,"C":3.10,"D":true,"E":null,"F":"Friday","G":[1,"two",null,4.5],"H":"2026-11-20T09:30:00.0000000Z","I":"00:01:00","J":18446744073709551615}""",
            _fixture.Json().GetProperty("values").GetRawText());
    }

    [Fact]
    public void Numbers_that_json_does_not_know_are_strings()
    {
        _fixture.Logger.LogInformation("{A} {B} {C} {D}", double.NaN, double.PositiveInfinity, float.NegativeInfinity, -0.0);

        Assert.Equal("""{"A":"NaN","B":"Infinity","C":"-Infinity","D":-0}""", _fixture.Json().GetProperty("values").GetRawText());
    }

    [Fact]
    public void A_name_cannot_clash_with_a_field_or_appear_twice()
    {
        Messages.Any(_fixture.Logger, "{level} {message} {level}", ["mine", "too", "last"]);

        JsonElement json = _fixture.Json();
        Assert.Equal("Information", json.GetProperty("level").GetString());
        Assert.Equal("mine too last", json.GetProperty("message").GetString());
        Assert.Equal("""{"message":"too","level":"last"}""", json.GetProperty("values").GetRawText());
    }

    [Fact]
    public void An_exception_is_an_object_with_its_causes()
    {
        InvalidOperationException exception =
            Catch(() => throw new InvalidOperationException("outer \"quoted\"", new ArgumentException("cause")));
        _fixture.Logger.LogError(exception, "failed");

        JsonElement json = _fixture.Json().GetProperty("exception");
        Assert.Equal("System.InvalidOperationException", json.GetProperty("type").GetString());
        Assert.Equal("outer \"quoted\"", json.GetProperty("message").GetString());
        Assert.Contains(nameof(An_exception_is_an_object_with_its_causes), json.GetProperty("stack").GetString(), StringComparison.Ordinal);
        Assert.Equal("""{"type":"System.ArgumentException","message":"cause"}""", json.GetProperty("inner").GetRawText());
        Assert.False(json.TryGetProperty("others", out _));
    }

    [Fact]
    public void All_causes_of_an_aggregate_are_there()
    {
        _fixture.Logger.LogError(
            new AggregateException(
                "all", new ArgumentException("a"), new TimeoutException("b", new ArgumentException("c")), new ArgumentException("d")),
                "failed");

        JsonElement json = _fixture.Json().GetProperty("exception");
        Assert.Equal("a", json.GetProperty("inner").GetProperty("message").GetString());
        Assert.Equal("b", json.GetProperty("others")[0].GetProperty("message").GetString());
        Assert.Equal("c", json.GetProperty("others")[0].GetProperty("inner").GetProperty("message").GetString());
        Assert.Equal("d", json.GetProperty("others")[1].GetProperty("message").GetString());
        Assert.Equal(2, json.GetProperty("others").GetArrayLength());
    }

    [Fact]
    public void The_data_of_an_exception_and_a_text_of_its_own_are_there()
    {
        InvalidOperationException cause = new("cause") { Data = { ["Attempt"] = 3, ["Url"] = "https://shop" } };
        _fixture.Logger.LogError(new Telling(17, cause), "failed");

        JsonElement json = _fixture.Json().GetProperty("exception");
        Assert.Equal("Told about order 17", json.GetProperty("text").GetString());
        Assert.False(json.TryGetProperty("data", out _));
        Assert.Equal("""{"type":"System.InvalidOperationException","message":"cause","data":{"Attempt":3,"Url":"https://shop"}}""",
            json.GetProperty("inner").GetRawText());
        string plain = _fixture.Text(new PlainTextLogEventFormatter());
        Assert.Contains("Told about order 17", plain, StringComparison.Ordinal);
        Assert.Contains("{Attempt=3, Url=https://shop}", plain, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_that_throws_wherever_it_is_asked_is_an_exception_of_markers()
    {
        _fixture.Logger.LogError(
            new AggregateException("all", new Throwing.AsException(), new TimeoutException("other")), "failed {Order}", 5);

        JsonElement json = _fixture.Json();
        Assert.Equal("failed 5", json.GetProperty("message").GetString());
        JsonElement exception = json.GetProperty("exception");

        // The aggregate's own message is made of theirs.
        const string Marker = "[failed:InvalidOperationException]";
        Assert.Equal(Marker, exception.GetProperty("message").GetString());
        Assert.Equal(
            $$$"""{"type":"{{{typeof(Throwing.AsException)}}}","message":"{{{Marker}}}","stack":"{{{Marker}}}","text":"{{{Marker}}}","data":{"(failed)":"{{{Marker}}}"}}""",
            exception.GetProperty("inner").GetRawText());
        Assert.Equal("other", exception.GetProperty("others")[0].GetProperty("message").GetString());
        Assert.Empty(_fixture.Sink.Refusals);
    }

    [Fact]
    public void Exceptions_that_hold_each_other_many_times_over_are_not_gone_through_for_ever()
    {
        Exception tree = new TimeoutException("leaf");
        for (int i = 0; i < 60; i++)
        {
            tree = new AggregateException("two", tree, tree);
        }

        _fixture.Logger.LogError(tree, "failed");

        JsonElement json = _fixture.Shipped();
        Assert.True(json.GetProperty("truncated").GetBoolean());
        Assert.Equal("System.AggregateException", json.GetProperty("exception").GetProperty("type").GetString());
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_exceptions_ends()
    {
        Exception chain = new Telling(0, null);
        for (int i = 1; i < 100_000; i++)
        {
            chain = new Telling(i, chain);
        }

        _fixture.Logger.LogError(chain, "failed");

        Assert.Equal(typeof(Telling).ToString(), _fixture.Json().GetProperty("exception").GetProperty("type").GetString());
    }

    [Fact]
    public void An_exception_deeper_than_anybody_reads_is_cut_and_the_event_says_so()
    {
        Exception deep = new InvalidOperationException("0");
        for (int i = 1; i < 100; i++)
        {
            deep = new InvalidOperationException($"{i}", deep);
        }

        _fixture.Logger.LogError(deep, "failed");

        Assert.True(_fixture.Json().GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public void An_exception_does_not_make_the_event_something_else_than_json()
    {
        // What AWS.Logger did: it appended the exception to the formatted text.
        _fixture.Logger.Log(LogLevel.Error, default, "{\"not\":\"json\"", new InvalidOperationException("line 1\r\nline 2"), (s, _) => s);

        JsonElement json = _fixture.Json();
        Assert.Equal("{\"not\":\"json\"", json.GetProperty("message").GetString());
        Assert.Equal("line 1\r\nline 2", json.GetProperty("exception").GetProperty("message").GetString());
    }

    [Fact]
    public void Any_text_in_any_place_is_valid_json_and_reads_back()
    {
        Gen<string> text = Gen.OneOf(
            Gen.Elements("", "\"", "\\", "\u0000\u001f", "\r\n\t", "\u2028", "\uD83D\uDE00", "{", "}", "\u007f"),
            ArbMap.Default.GeneratorFor<string>().Where(s => s is not null));
        Gen<string[]> texts = text.ArrayOf(5);
        Prop.ForAll(texts.ToArbitrary(), t =>
        {
            using (_fixture.Logger.BeginScope(new Dictionary<string, object?> { [t[3]] = t[4] }))
            {
                KeyValuePair<string, object?>[] state = [new(t[0], t[1]), new("{OriginalFormat}", t[2])];
                _fixture.Logger.Log(LogLevel.Information, new EventId(1, t[0]), state, new InvalidOperationException(t[4]), (s, _) => t[3]);
            }

            JsonElement json = _fixture.Json();
            Assert.Equal(Whole(t[3]), json.GetProperty("message").GetString());
            Assert.Equal(Whole(t[0]), json.GetProperty("eventName").GetString());
            Assert.Equal(Whole(t[2]), json.GetProperty("template").GetString());
            Assert.Equal(Whole(t[4]), json.GetProperty("exception").GetProperty("message").GetString());
            if (t[0] != "{OriginalFormat}")
            {
                Assert.Equal(Whole(t[1]), json.GetProperty("values").GetProperty(Whole(t[0])).GetString());
            }

            Assert.Equal(Whole(t[4]), json.GetProperty("scopes").GetProperty(Whole(t[3])).GetString());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Times_of_one_second_and_the_next_are_both_right()
    {
        JsonLogEventFormatter formatter = new();
        foreach (int step in (int[])[0, 1, 873, 1, 1000, 59_000, 0])
        {
            _fixture.Clock.Advance(TimeSpan.FromMilliseconds(step));
            _fixture.Logger.LogInformation("x");
            Assert.Contains($"\"timestamp\":\"{_fixture.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fff}Z\"", _fixture.Text(formatter),
                StringComparison.Ordinal);
        }
    }

    // UTF-8 cannot hold a lone surrogate.
    private static string Whole(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static InvalidOperationException Catch(Action action)
    {
        try
        {
            action();
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }

        throw new InvalidOperationException("it did not throw");
    }

    private sealed class Telling(int order, Exception? inner) : Exception("telling", inner)
    {
        public override string ToString() => InnerException is Telling ? base.ToString() : $"Told about order {order}";
    }
}
