using CloudObserve.Delivery;
using CloudObserve.Sinks;

namespace CloudObserve.Tests.Sinks;

public sealed class RejectedLogEventsTests
{
    // CloudWatch Logs: the ends are exclusive, the start is inclusive.
    [Theory]
    [InlineData(null, null, null, 0, 10)]
    [InlineData(3L, null, null, 3, 10)]
    [InlineData(null, 4L, null, 4, 10)]
    [InlineData(null, null, 7L, 0, 7)]
    [InlineData(3L, null, 7L, 3, 7)]
    [InlineData(3L, 5L, null, 5, 10)]
    [InlineData(5L, 3L, null, 5, 10)]
    [InlineData(10L, null, null, 10, 10)]
    [InlineData(null, null, 0L, 0, 0)]
    [InlineData(0L, 0L, 10L, 0, 10)]
    [InlineData(99L, null, null, 10, 10)]
    [InlineData(-4L, null, null, 0, 10)]
    [InlineData(null, null, 99L, 0, 10)]
    [InlineData(null, null, -1L, 0, 0)]
    [InlineData(6L, null, 4L, 6, 6)]
    [InlineData(long.MaxValue, long.MinValue, long.MinValue, 10, 10)]
    public void What_is_kept_lies_between_the_two_ends(long? tooOldEnd, long? expiredEnd, long? tooNewStart, int start, int end)
    {
        RejectedLogEvents rejected = new(tooOldEnd, expiredEnd, tooNewStart);

        Assert.Equal(start..end, rejected.Kept(10));
        SendResult result = rejected.ToResult(10);
        Assert.Equal(ErrorClass.None, result.Error);
        Assert.Equal(start, result.Rejected.Where(r => r.Reason == LossReason.TooOld).Sum(r => r.Count));
        Assert.Equal(10 - end, result.Rejected.Where(r => r.Reason == LossReason.TooNew).Sum(r => r.Count));
        Assert.Equal(10 - (end - start), result.Rejected.SelectMany(r => Enumerable.Range(r.Start, r.Count)).Distinct().Count());
    }
}
