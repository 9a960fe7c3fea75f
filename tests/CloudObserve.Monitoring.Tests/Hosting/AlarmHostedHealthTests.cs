using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>The health checks of alarms in a real host.</summary>
public sealed class AlarmHostedHealthTests
{
    [Fact]
    public async Task Each_alarm_is_a_health_check_that_fails_while_it_is_in_ALARM()
    {
        await using RealHost host = await RealHost.StartAsync(m => m
            .AddAlarm("orders", a => AlarmHost.Orders()(a)).AddCompositeAlarm("shop", "ALARM(orders)").AddHealthChecks().AddHealthChecks());
        HealthReport report = await host.CheckAsync();
        Assert.Equal(["orders", "shop"], report.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.All(
            report.Entries.Values, entry => Assert.Equal((HealthStatus.Healthy, "alarms"), (entry.Status, Assert.Single(entry.Tags))));

        host.Minute(80);
        report = await host.CheckAsync();
        Assert.Equal(HealthStatus.Unhealthy, report.Status);
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["shop"].Status);
        Assert.StartsWith("Threshold Crossed: 1 datapoint [80.0", report.Entries["orders"].Description, StringComparison.Ordinal);

        host.Minute(10);
        report = await host.CheckAsync();
        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.EndsWith("was not greater than the threshold (50.0).", report.Entries["orders"].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alarms_of_the_configuration_are_checked_too_and_a_deleted_one_is_healthy()
    {
        Alarms configuration = new();
        await using RealHost host = await RealHost.StartAsync(m => m.AddHealthChecks(), configuration);
        host.Minute(80);
        Assert.Equal(HealthStatus.Unhealthy, (await host.CheckAsync()).Entries["orders"].Status);

        configuration.Clear();
        HealthReportEntry entry = (await host.CheckAsync()).Entries["orders"];
        Assert.Equal((HealthStatus.Healthy, "The alarm was deleted."), (entry.Status, entry.Description));
    }

    [Fact]
    public async Task Without_the_call_there_are_no_checks()
    {
        await using RealHost host = await RealHost.StartAsync(m => m.AddAlarm("orders", a => AlarmHost.Orders()(a)));

        Assert.Empty((await host.CheckAsync()).Entries);
    }

    private sealed class Alarms : ConfigurationProvider, IConfigurationSource
    {
        internal Alarms()
        {
            foreach ((string member, string value) in new[]
            {
                ("Namespace", "Shop"), ("MetricName", "Orders"), ("Statistic", "Sum"), ("Period", "60"), ("EvaluationPeriods", "1"),
                ("Threshold", "50"), ("ComparisonOperator", "GreaterThanThreshold"),
            })
            {
                Data[$"CloudObserve:Monitoring:Alarms:orders:{member}"] = value;
            }
        }

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;

        internal void Clear()
        {
            Data.Clear();
            OnReload();
        }
    }
}
