using CloudObserve.Metrics;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>Explanations of alarms whose metric was published with another unit, or with several.</summary>
public sealed class AlarmUnitsTests
{
    private const string Mixed = "The metric Latency has data with the units Milliseconds and Seconds. Without Unit, the alarm uses one of them "
        + "for each period, the first by name.";

    private const string Wrong = "The metric Latency has no data with the unit Count, which the alarm names, but with Milliseconds and Seconds. "
        + "So it has no datapoints.";

    private const string Other = "The metric Latency also has data with the unit Milliseconds, which the alarm does not use, because it names "
        + "Seconds.";

    [Theory]
    [InlineData(null, AlarmState.Alarm, Mixed)]
    [InlineData("Count", AlarmState.InsufficientData, Wrong)]
    [InlineData("Seconds", AlarmState.Ok, Other)]
    public async Task An_explanation_says_which_units_the_data_has(string? unit, AlarmState state, string remark)
    {
        await using AlarmHost host = new(m => m.AddAlarm("slow", a =>
        {
            _ = a.Metric("Shop", "Latency").Statistic("Maximum").GreaterThan(0.5);
            _ = unit is null ? a : a.Unit(unit);
        }));
        _ = host.Alarms;
        host.Put("Latency", 0.2, "Seconds");
        host.Put("Latency", 200, "Milliseconds");
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        AlarmExplanation explanation = host.Alarms.Explain("slow");

        Assert.Equal((state, state), (host.StateOf("slow"), explanation.State));
        Assert.EndsWith($". {remark}", explanation.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_explanation_of_metric_math_says_it_for_each_metric()
    {
        await using AlarmHost host = new(m => m.AddAlarm("slow", a => a
            .Query("latency", "Shop", "Latency", "Maximum").Query("orders", "Shop", "Orders", "Sum").Expression("latency / orders")
            .GreaterThan(0.5)));
        _ = host.Alarms;
        host.Put("Latency", 0.2, "Seconds");
        host.Put("Latency", 200, "Milliseconds");
        host.Put("Orders", 1, "Count");
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.EndsWith($". {Mixed}", host.Alarms.Explain("slow").Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, null)]
    [InlineData(60, "Seconds")]
    [InlineData(10, null)]
    public async Task Data_with_one_unit_needs_no_remark(int period, string? unit)
    {
        await using AlarmHost host = new(m => m.AddAlarm("slow", a =>
        {
            _ = a.Metric("Shop", "Latency", new MetricDimension("Tier", "gold")).Every(TimeSpan.FromSeconds(period))
                .GreaterThan(0.5).For(1_000);
            _ = unit is null ? a : a.Unit(unit);
        }));
        _ = host.Alarms;
        host.Put("Latency", 0.2, "Seconds", ("Tier", "gold"));
        host.Put("Latency", 200, "Milliseconds");
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.DoesNotContain("The metric", host.Alarms.Explain("slow").Summary, StringComparison.Ordinal);
    }
}
