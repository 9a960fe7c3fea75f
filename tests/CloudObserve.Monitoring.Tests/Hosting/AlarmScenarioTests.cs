using System.Diagnostics;
using CloudObserve.Testing;
using Xunit.Abstractions;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>Scenarios on a clock of the test's own.</summary>
public sealed class AlarmScenarioTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_day_of_minutes_is_told_with_its_states_and_notifications()
    {
        for (int run = 0; run < 3; run++)
        {
            long started = Stopwatch.GetTimestamp();
            await using AlarmScenario scenario = new(m => m
                .AddAlarm("slow", a => a.Metric("Shop", "Latency").Statistic("Average").GreaterThan(0.5).For(3, outOf: 5).Notify("ops")));
            for (int minute = 0; minute < 24 * 60; minute++)
            {
                scenario.Put("Shop", "Latency", minute is >= 600 and < 660 ? 0.9 : 0.1);
                scenario.Advance(TimeSpan.FromMinutes(1));
            }

            scenario.AssertState("slow", AlarmState.Ok);
            scenario.AssertNotifications("slow", 1);
            Assert.Equal("ops", Assert.Single(scenario.Notifications).Topic);
            output.WriteLine($"24 hours at one minute: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms");
        }
    }

    [Fact]
    public async Task A_failed_assertion_says_why_the_alarm_is_in_its_state()
    {
        await using AlarmScenario scenario = new(m => m.AddAlarm("slow", a => a.Metric("Shop", "Latency").GreaterThan(0.5)));
        scenario.Put("Shop", "Latency", 0.1);
        scenario.Advance(TimeSpan.FromMinutes(1));

        string message = Assert.Throws<AlarmScenarioException>(() => scenario.AssertState("slow", AlarmState.Alarm)).Message;

        Assert.Contains("should be Alarm, but is Ok: Threshold Crossed: 1 datapoint [0.1", message, StringComparison.Ordinal);
        Assert.Contains("1 more datapoint must be greater than 0.5 for ALARM", message, StringComparison.Ordinal);
        Assert.Throws<AlarmScenarioException>(() => scenario.AssertNotifications("slow", 1));
    }
}
