using CloudObserve.Diagnostics;

namespace CloudObserve.Tests.Diagnostics;

public sealed class OutagesTests
{
    private static readonly TimeSpan Start = TimeSpan.FromDays(3);
    private readonly Outages _outages = new();

    [Fact]
    public void An_outage_begins_with_the_first_failure_and_ends_with_the_next_success()
    {
        Assert.True(Fail("d", 0));
        Assert.False(Fail("d", 5));
        Outage outage = Assert.Single(_outages.Active(Start + TimeSpan.FromSeconds(6)));
        Assert.Equal((Start, Start + TimeSpan.FromSeconds(5), 2), (outage.Since, outage.LastFailure, outage.Failures));

        Assert.Equal(outage, _outages.Delivered("s", "o", "d"));
        Assert.Null(_outages.Delivered("s", "o", "d"));
        Assert.True(Fail("d", 10));
    }

    [Fact]
    public void An_outage_nobody_adds_to_is_forgotten()
    {
        Fail("d", 0);
        Assert.Single(_outages.Active(Start + Outages.ForgottenAfter));
        Assert.Empty(_outages.Active(Start + Outages.ForgottenAfter + TimeSpan.FromTicks(1)));
    }

    [Fact]
    public void Many_destinations_do_not_fill_the_memory()
    {
        for (int i = 0; i < 10_000; i++)
        {
            Fail($"d{i}", 0);
        }

        Assert.Equal(Outages.MostDestinations + 1, _outages.Active(Start).Count);
    }

    private bool Fail(string destination, int second) =>
        _outages.Failed(new FailedAttempt("s", "o", destination, "Unavailable", "c", "m"), Start + TimeSpan.FromSeconds(second));
}
