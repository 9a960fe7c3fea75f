namespace CloudObserve.Tests.Conventions;

public sealed class SleepingTestsTests
{
    [Fact]
    public void No_test_sleeps() =>
        Rule.Holds("Move a ManualTimeProvider, or wait for the event itself; never for a while.",
            SleepingTests.Violations(Repository.Tests));

    [Theory]
    [InlineData("Thread.Sleep(10)")]
    [InlineData("System.Threading.Thread.Sleep(10)")]
    [InlineData("await Task.Delay(10)")]
    [InlineData("await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken)")]
    [InlineData("await Task.Delay(pause, TimeProvider.System)")]
    public void A_planted_sleep_is_caught(string call) =>
        Rule.Catches("Sleepy.cs(1)", SleepingTests.Violations([Test("CloudObserve.Tests", call)]));

    [Theory]
    [InlineData("CloudObserve.Tests", "await Task.Delay(pause, clock)")]
    [InlineData("CloudObserve.Tests", "await Task.Delay(pause, _timeProvider, token)")]
    [InlineData("CloudObserve.Tests", "await Task.Delay(Timeout.Infinite, token)")]
    [InlineData("CloudObserve.Integration.Tests", "await Task.Delay(pause, TimeProvider.System)")]
    public void Waiting_on_a_given_clock_is_fine(string project, string call) =>
        Assert.Empty(SleepingTests.Violations([Test(project, call)]));

    private static SourceFile Test(string project, string call) =>
        new($"tests/{project}/Deep/Sleepy.cs", $"class Sleepy {{ async Task M() {{ {call}; }} }}");
}
