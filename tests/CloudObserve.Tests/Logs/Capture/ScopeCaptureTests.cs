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
        Assert.Equal("""{"OrderId":5,"Tenant":"t1","Attempt":2,"User":"ann","Missing":null,"Lazy":true}""", json.GetProperty("scopes").GetRawText());
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
            .Configure(o => o.ActivityTrackingOptions = ActivityTrackingOptions.SpanId | ActivityTrackingOptions.TraceId | ActivityTrackingOptions.ParentId));
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
}
