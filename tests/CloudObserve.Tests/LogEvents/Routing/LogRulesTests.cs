using CloudObserve.LogEvents.Routing;
using CloudObserve.Logs;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.LogEvents.Routing;

public sealed class LogRulesTests
{
    [Fact]
    public void Retention_takes_the_22_values_of_the_service_and_none()
    {
        Assert.Equal(22, Enumerable.Range(-1, 5_000).Count(days => LogRules.CheckRetention(days) is null));
        Assert.Null(LogRules.CheckRetention(null));
        Assert.Null(LogRules.CheckRetention(3653));
        Assert.Contains("365, 400", LogRules.CheckRetention(366)!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("STANDARD", true)]
    [InlineData("INFREQUENT_ACCESS", true)]
    [InlineData("standard", false)]
    public void A_class_is_one_of_the_services(string? value, bool legal) => Assert.Equal(legal, LogRules.CheckClass(value) is null);

    [Theory]
    [InlineData("team", "platform é 1", true)]
    [InlineData("team", "", true)]
    [InlineData("", "x", false)]
    [InlineData("AWS:team", "x", false)]
    [InlineData("team", "a,b", false)]
    public void A_tag_obeys_the_services_rules(string key, string value, bool legal) =>
        Assert.Equal(legal, LogRules.CheckTags([new(key, value)]) is null);

    [Fact]
    public void There_are_at_most_50_tags() =>
        Assert.Contains("there are 51", LogRules.CheckTags([.. Enumerable.Range(0, 51).Select(i => KeyValuePair.Create($"k{i}", "v"))])!,
            StringComparison.Ordinal);

    [Fact]
    public void A_route_must_lead_somewhere_and_be_legal()
    {
        Assert.Null(LogRules.CheckRoute(new LogRouteOptions { LogStream = "errors" }));
        Assert.NotNull(LogRules.CheckRoute(new LogRouteOptions()));
        Assert.NotNull(LogRules.CheckRoute(new LogRouteOptions { Category = " ", LogStream = "errors" }));
        Assert.NotNull(LogRules.CheckRoute(new LogRouteOptions { LogGroup = "aws/x" }));
        Assert.NotNull(LogRules.CheckRoute(new LogRouteOptions { LogStream = "a*" }));
        Assert.NotNull(LogRules.CheckRoute(new LogRouteOptions { LogStream = "a", MinimumLevel = (LogLevel)42 }));
    }

    [Theory]
    [InlineData("http://169.254.170.2/v4/f9c1b7f0c0c34ee0b3a3b3e2c5b7b0b1-3935363592", "pod-1", "f9c1b7f0c0c34ee0b3a3b3e2c5b7b0b1")]
    [InlineData("http://169.254.170.2/v4/7ea8e2b5-1111-4222-8333-444455556666", "pod-1", "7ea8e2b5-1111-4222-8333-444455556666")]
    [InlineData(null, "pod-1", "pod-1")]
    [InlineData(null, null, null)]
    public void An_instance_is_its_task_or_container_or_pod_or_machine(string? metadata, string? hostName, string? expected)
    {
        LogIdentity identity = LogIdentity.Detect("Shop", "Production", name => name == "HOSTNAME" ? hostName : metadata);
        Assert.Equal(expected ?? Environment.MachineName, identity.Instance);
        Assert.NotEmpty(identity.Process);
    }
}
