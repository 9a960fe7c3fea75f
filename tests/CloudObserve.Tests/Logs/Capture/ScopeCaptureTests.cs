using System.Diagnostics;
using System.Text.Json;
using CloudObserve.Logs;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs.Capture;

public sealed class ScopeCaptureTests
{
    private readonly LogFixture _fixture = new();

    [Fact]
    public void Scopes_of_every_shape_are_in_the_event()
    {
        using (_fixture.Logger.BeginScope("plain text"))
        using (_fixture.Logger.BeginScope("Order {OrderId}", 5))
        using (_fixture.Logger.BeginScope(new Dictionary<string, object?> { ["Tenant"] = "t1", ["Attempt"] = 2 }))
        using (_fixture.Logger.BeginScope(new KeyValuePair<string, object?>[] { new("User", "ann"), new("Missing", null) }))
        using (_fixture.Logger.BeginScope(Lazy()))
        using (_fixture.Logger.BeginScope(17))
        {
            _fixture.Logger.LogInformation("x");
        }

        JsonElement json = _fixture.Json();
        Assert.Equal("""{"OrderId":5,"Tenant":"t1","Attempt":2,"User":"ann","Missing":null,"Lazy":true}""", json.GetProperty("scopes")
            .GetRawText());
        Assert.Equal("""["plain text","Order 5","17"]""", json.GetProperty("scopeTexts").GetRawText());

        static IEnumerable<KeyValuePair<string, object?>> Lazy()
        {
            yield return new("Lazy", true);
        }
    }

    [Fact]
    public void Of_equal_names_the_innermost_scopes_value_is_there_once()
    {
        using (_fixture.Logger.BeginScope(new Dictionary<string, object?> { ["Id"] = 1, ["Outer"] = "o" }))
        using (_fixture.Logger.BeginScope(new Dictionary<string, object?> { ["Id"] = 2 }))
        {
            _fixture.Logger.LogInformation("x");
        }

        Assert.Equal("""{"Outer":"o","Id":2}""", _fixture.Json().GetProperty("scopes").GetRawText());
    }

    [Fact]
    public void Scopes_come_outermost_first()
    {
        using (_fixture.Logger.BeginScope("outer"))
        using (_fixture.Logger.BeginScope("inner"))
        {
            _fixture.Logger.LogInformation("x");
        }

        _fixture.Read((in LogEvent e) =>
        {
            List<string> texts = [];
            foreach (LogScope scope in e.Scopes)
            {
                System.Buffers.ArrayBufferWriter<byte> output = new();
                scope.WriteText(output);
                texts.Add(System.Text.Encoding.UTF8.GetString(output.WrittenSpan));
            }

            Assert.Equal(["outer", "inner"], texts);
        });
    }

    [Fact]
    public void The_hosts_scope_of_activity_ids_does_not_repeat_what_the_event_says()
    {
        using ILoggerFactory factory = LoggerFactory.Create(b => b
            .AddProvider(_fixture.Provider)
            .Configure(o => o.ActivityTrackingOptions = ActivityTrackingOptions.SpanId | ActivityTrackingOptions.TraceId
                | ActivityTrackingOptions.ParentId));
        using Activity activity = new("work");
        activity.SetIdFormat(ActivityIdFormat.W3C).Start();
        factory.CreateLogger("Shop").LogInformation("x");

        JsonElement json = _fixture.Json();
        Assert.Equal(activity.TraceId.ToHexString(), json.GetProperty("traceId").GetString());
        Assert.Equal(["ParentId"], json.GetProperty("scopes").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void A_scope_that_has_ended_is_gone()
    {
        using (_fixture.Logger.BeginScope("over"))
        {
            _fixture.Logger.LogInformation("x");
        }

        _fixture.Logger.LogInformation("y");

        _fixture.Read((in LogEvent e) => Assert.Equal(0, e.Scopes.Count));
    }

    public static TheoryData<object, string> NamedScopes() => new()
    {
        { new Dictionary<string, string> { ["A"] = "a", ["B"] = "b" }, """{"A":"a","B":"b"}""" },
        { new Dictionary<string, int> { ["A"] = 1 }, """{"A":1}""" },
        { new SortedDictionary<string, Guid> { ["A"] = Guid.Empty }, """{"A":"00000000-0000-0000-0000-000000000000"}""" },
        { new List<KeyValuePair<string, long>> { new("A", 1), new("B", 2) }, """{"A":1,"B":2}""" },
        { new[] { KeyValuePair.Create("A", 1.5) }, """{"A":1.5}""" },
        { Enumerable.Range(1, 2).Select(n => KeyValuePair.Create($"N{n}", (short)n)), """{"N1":1,"N2":2}""" },
        { ("A", (object)5), """{"A":5}""" },
        { ("A", "a"), """{"A":"a"}""" },
        { Tuple.Create("A", true), """{"A":true}""" },
        { KeyValuePair.Create("A", 2m), """{"A":2}""" },
        { KeyValuePair.Create<string, object?>("A", null), """{"A":null}""" },
        { new[] { ("A", 1), ("B", 2) }, """{"A":1,"B":2}""" },
        { new System.Collections.Hashtable { ["A"] = "a" }, """{"A":"a"}""" },
        { new Dictionary<int, string> { [1] = "a" }, """{"1":"a"}""" },
    };

    [Theory]
    [MemberData(nameof(NamedScopes))]
    public void Names_with_values_of_any_type_become_members(object scope, string members)
    {
        using (_fixture.Scopes.Push(scope))
        {
            _fixture.Logger.LogInformation("x");
        }

        JsonElement json = _fixture.Json();
        Assert.Equal(members, json.GetProperty("scopes").GetRawText());
        Assert.False(json.TryGetProperty("scopeTexts", out _));
    }

    [Theory]
    [InlineData(17)]
    [InlineData("text")]
    [InlineData(DayOfWeek.Friday)]
    public void What_has_no_name_stays_a_text(object scope)
    {
        using (_fixture.Scopes.Push(scope))
        {
            _fixture.Logger.LogInformation("x");
        }

        Assert.Equal([scope.ToString()!], _fixture.Json().GetProperty("scopeTexts").EnumerateArray().Select(t => t.GetString()!));
    }

    public static TheoryData<object, string, string> BadScopes() => new()
    {
        { new Throwing.AsText(), "", """["[failed:InvalidOperationException]"]""" },
        { new Throwing.AsList(), "", """["[failed:InvalidOperationException]"]""" },
        { new Dictionary<string, object?> { ["Bad"] = new Throwing() }, "\"Bad\":\"[failed:InvalidOperationException]\",", "" },
        { Failing(), "\"First\":1,\"(failed)\":\"[failed:InvalidOperationException]\",", "" },
    };

    [Theory]
    [MemberData(nameof(BadScopes))]
    public void A_scope_that_throws_is_a_marker_and_those_around_it_stay(object bad, string members, string texts)
    {
        using (_fixture.Scopes.Push(("Outer", 1)))
        using (_fixture.Scopes.Push(bad))
        using (_fixture.Scopes.Push(("Inner", 2)))
        {
            _fixture.Logger.LogInformation("{Value}", 3);
        }

        JsonElement json = _fixture.Json();
        Assert.Equal($$"""{"Outer":1,{{members}}"Inner":2}""", json.GetProperty("scopes").GetRawText());
        Assert.Equal(texts, json.TryGetProperty("scopeTexts", out JsonElement read) ? read.GetRawText() : "");
        Assert.Equal("3", _fixture.Message());
        Assert.Empty(_fixture.Sink.Refusals);
        Assert.NotEmpty(_fixture.Sink.Faults);
    }

    [Fact]
    public void A_provider_of_scopes_that_throws_costs_its_scopes_and_nothing_else()
    {
        _fixture.Provider.SetScopeProvider(new ThrowingProvider());
        _fixture.Logger.LogInformation("x");

        Assert.Equal("""["first","[failed:InvalidOperationException]"]""", _fixture.Json().GetProperty("scopeTexts").GetRawText());
    }

    private static IEnumerable<KeyValuePair<string, object?>> Failing()
    {
        yield return new("First", 1);
        throw Throwing.Fault;
    }

    private sealed class ThrowingProvider : IExternalScopeProvider
    {
        public void ForEachScope<TState>(Action<object?, TState> callback, TState state)
        {
            callback("first", state);
            throw Throwing.Fault;
        }

        public IDisposable Push(object? state) => throw Throwing.Fault;
    }
}
