using CloudObserve.Local;
using CloudObserve.Sinks;

namespace CloudObserve.Tests.Sinks.Local.Storage;

public sealed class WrongClockTests
{
    [Fact]
    public void Logs_survive_a_wrong_clock()
    {
        LocalCloudWatch local = new(groups: _ => LogGroupSettings.None with { RetentionInDays = 1 });
        local.Log("/shop", "a", (LocalCloudWatch.Noon, "kept"));
        local.Clock.Jump(TimeSpan.FromDays(91));
        Assert.Equal(["kept"], Messages(local));
        local.Clock.Jump(TimeSpan.FromDays(-91));
        Assert.Equal(["kept"], Messages(local));
        local.Clock.Advance(TimeSpan.FromDays(1.1));
        Assert.Empty(Messages(local));
    }

    [Fact]
    public void Metrics_survive_a_wrong_clock()
    {
        LocalCloudWatch local = new();
        for (int minute = 0; minute < 10; minute++)
        {
            local.Put(LocalCloudWatch.Noon.AddMinutes(minute), minute);
        }

        local.Clock.Jump(TimeSpan.FromDays(600));
        Assert.Equal(10, Read(local));
        local.Put(local.Clock.GetUtcNow(), 1);
        local.Clock.Advance(TimeSpan.FromHours(20));
        Assert.Equal(10, Read(local));
        local.Clock.Jump(TimeSpan.FromDays(-600));
        Assert.Equal(10, Read(local));
    }

    private static int Read(LocalCloudWatch local) =>
        local.Statistics(LocalCloudWatch.Noon, LocalCloudWatch.Noon.AddHours(1), TimeSpan.FromMinutes(1)).Count;

    private static string[] Messages(LocalCloudWatch local) =>
        [.. local.CloudWatch.FilterLogEvents(new FilterLogEventsRequest { LogGroupName = "/shop" }).Events.Select(e => e.Message)];
}
