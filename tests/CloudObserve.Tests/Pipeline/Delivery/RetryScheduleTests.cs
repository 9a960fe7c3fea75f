using CloudObserve.Delivery;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Delivery;

public sealed class RetryScheduleTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(ErrorClass.Throttled, 2)]
    [InlineData(ErrorClass.Unavailable, 1)]
    [InlineData(ErrorClass.Ambiguous, 2)]
    [InlineData(ErrorClass.MissingResource, 0.2)]
    [InlineData(ErrorClass.Unauthorized, 30)]
    public void Each_class_begins_with_its_own_pause_and_doubles_it(ErrorClass error, double seconds)
    {
        RetrySchedule schedule = new(TimeSpan.FromHours(1), () => 1);
        SendResult failure = SendResult.Failed(error, "", "");

        Assert.Equal([seconds, 2 * seconds, 4 * seconds],
            new[] { 1, 2, 3 }.Select(n => schedule.Pause(failure, n, urgent: false).TotalSeconds));
    }

    [Fact]
    public void Jitter_lies_in_the_upper_half_and_no_pause_exceeds_the_longest()
    {
        Random random = new(1);
        RetrySchedule schedule = new(Longest, random.NextDouble);
        SendResult failure = SendResult.Failed(ErrorClass.Throttled, "", "");
        for (int failures = 1; failures < 200; failures++)
        {
            TimeSpan whole = failures < 6 ? TimeSpan.FromSeconds(Math.Pow(2, failures)) : Longest;
            Assert.InRange(schedule.Pause(failure, failures, urgent: false), whole / 2, whole);
        }

        Assert.InRange(schedule.Pause(failure, int.MaxValue, urgent: false), Longest / 2, Longest);
    }

    [Fact]
    public void What_the_service_asks_for_is_kept_up_to_the_longest_pause_and_never_undercut()
    {
        Random random = new(1);
        RetrySchedule schedule = new(Longest, random.NextDouble);
        for (int i = 0; i < 100; i++)
        {
            SendResult failure = SendResult.Failed(ErrorClass.Throttled, "", "", TimeSpan.FromSeconds(10));
            Assert.InRange(schedule.Pause(failure, 9, urgent: false), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11));
        }

        Assert.Equal(Longest, schedule.Pause(SendResult.Failed(ErrorClass.Throttled, "", "", TimeSpan.FromHours(3)), 1, urgent: false));
    }

    [Fact]
    public void Nobody_who_waits_sits_out_a_long_pause()
    {
        RetrySchedule schedule = new(Longest, () => 1);
        Assert.Equal(RetrySchedule.LongestWhenUrgent, schedule.Pause(SendResult.Failed(ErrorClass.Unauthorized, "", ""), 5, urgent: true));
        Assert.Equal(RetrySchedule.LongestWhenUrgent,
            schedule.Pause(SendResult.Failed(ErrorClass.Throttled, "", "", Longest), 5, urgent: true));
    }

    [Fact]
    public void What_will_never_be_taken_is_not_retried()
    {
        Assert.All([ErrorClass.None, ErrorClass.Invalid, ErrorClass.TooLarge], e => Assert.False(ErrorPolicy.For(e).Retried));
    }
}
