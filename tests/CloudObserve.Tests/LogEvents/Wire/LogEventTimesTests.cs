using CloudObserve.Delivery;
using CloudObserve.LogEvents.Wire;

namespace CloudObserve.Tests.LogEvents.Wire;

public sealed class LogEventTimesTests
{
    // CloudWatch Logs drops an event more than two hours ahead. At two weeks exactly the event would be too old when it arrives.
    [Theory]
    [InlineData(0, null)]
    [InlineData(7_200_000, null)]
    [InlineData(7_200_001, nameof(LossReason.TooNew))]
    [InlineData(-1_209_599_999, null)]
    [InlineData(-1_209_600_000, nameof(LossReason.TooOld))]
    public void Times_are_limited_to_the_millisecond(long milliseconds, string? reason)
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds(1_795_000_000_000);

        Assert.Equal(reason, LogEventTimes.Check(now.ToUnixTimeMilliseconds() + milliseconds, now)?.Name);
    }
}
