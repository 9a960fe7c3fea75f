using System.Diagnostics;
using CloudObserve.Logs;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs;

public sealed class PlainTextLogEventFormatterTests
{
    private readonly LogFixture _fixture = new();

    [Fact]
    public void An_event_is_one_line_to_read()
    {
        using Activity activity = new("work");
        activity.SetIdFormat(ActivityIdFormat.W3C).Start();
        using (_fixture.Logger.BeginScope(new Dictionary<string, object?> { ["RequestId"] = 42, ["User"] = "ann" }))
        using (_fixture.Logger.BeginScope("cart {Cart}", 7))
        {
            _fixture.Logger.Log(LogLevel.Warning, new EventId(17, "OrderLate"), "Order {OrderId} is late", 5);
        }

        Assert.Equal(
            "2026-11-20T09:30:00.125Z Warning Shop.Orders[17 OrderLate]: Order 5 is late {RequestId=42, User=ann} {cart 7}"
            + $" (trace {activity.TraceId}, span {activity.SpanId})",
            _fixture.Text(new PlainTextLogEventFormatter()));
    }

    [Fact]
    public void An_exception_follows_on_lines_of_its_own()
    {
        _fixture.Logger.LogError(new InvalidOperationException("outer", new ArgumentException("cause")), "failed");

        Assert.Equal(
            "2026-11-20T09:30:00.125Z Error Shop.Orders: failed\nSystem.InvalidOperationException: outer\n ---> System.ArgumentException: cause",
            _fixture.Text(new PlainTextLogEventFormatter()));
    }

    [Fact]
    public void A_value_cannot_pretend_to_be_an_event()
    {
        _fixture.Logger.LogInformation("User {Name} came", "ann\r\n2026-11-20T09:30:00.125Z Information Shop: User root came");

        Assert.DoesNotContain('\n', _fixture.Text(new PlainTextLogEventFormatter()));
    }
}
