using System.Diagnostics;
using CloudObserve.LoadTests.Calling;

namespace CloudObserve.Integration.Tests.Measuring;

public sealed class ScheduleTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Each_call_has_a_time_of_its_own_in_bursts_that_make_up_the_rate()
    {
        Schedule schedule = new(1_000, rate: 50_000, Second);
        Assert.Equal(50_000, schedule.Calls);
        Assert.Equal(1_000, schedule[0]);
        Assert.Equal(1_000 + (Stopwatch.Frequency / 100), schedule[500]);
        Assert.All(Enumerable.Range(1, 49_999), i => Assert.True(schedule[i] > schedule[i - 1]));
    }

    [Fact]
    public void A_low_rate_still_has_a_call_a_burst() => Assert.Equal(100, new Schedule(0, rate: 1, Second).Calls);

    [Fact]
    public void Time_lost_before_a_call_counts_for_all_calls_that_were_due_meanwhile()
    {
        // As if the first call had taken a second: each of the others was due in the hundredth of a second at its beginning.
        Schedule schedule = new(Stopwatch.GetTimestamp() - Stopwatch.Frequency, rate: 10_000, TimeSpan.FromSeconds(0.01));
        CallerThread thread = new(new NothingCalled(), schedule);
        thread.Run();
        Assert.Equal(schedule.Calls, thread.FromIntended.Count);
        Assert.Equal(schedule.Calls, thread.FromStarted.Count);
        Assert.InRange(thread.FromIntended.At(0), 990_000_000, long.MaxValue);
    }
}
