using System.Text;
using CloudObserve.Filters;
using CloudObserve.Filters.Transformations;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks.Local.Queries;

namespace CloudObserve.Tests.Sinks.Local;

/// <summary>Metric filters of the embedded CloudWatch: put over the wire, listed, and evaluated as events come in.</summary>
public sealed class MetricFilterTests
{
    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;

    private readonly LocalCloudWatch _local = new();

    [Fact]
    public void Events_that_come_after_a_filter_was_put_are_counted_in_its_metric()
    {
        _local.Log("/shop", "one", (Noon, "ERROR before"));
        Put("Errors", "ERROR");
        _local.Log("/shop", "one", (Noon, "ERROR one"), (Noon, "fine"), (Noon.AddSeconds(1), "ERROR two"));
        _local.Log("/other", "one", (Noon, "ERROR elsewhere"));

        Assert.Equal([(Noon, 2.0, 2.0)], Read("Errors"));
    }

    [Fact]
    public void Values_dimensions_and_units_are_taken_as_the_filter_says()
    {
        Put("Latency", "{ $.latency = * && $.region = * }", t => t.Value("$.latency").Dimension("Region", "$.region").Unit(CloudObserve.Metrics.MetricUnit.Milliseconds));
        _local.Log("/shop", "one", (Noon, """{"latency":50,"region":"eu"}"""), (Noon, """{"latency":"11.5","region":"eu"}"""), (Noon, """{"latency":7,"region":"\u00e4"}"""), (Noon, """{"latency":1e200,"region":"eu"}"""));

        Assert.Equal([(Noon, 2.0, 61.5)], Read("Latency", "Milliseconds", ("Region", "eu")));
        Assert.Empty(Read("Latency", "Milliseconds", ("Region", "ä")));
    }

    [Fact]
    public void A_default_is_reported_for_a_minute_with_events_of_which_none_matches()
    {
        Put("Errors", "ERROR", t => t.Default(0));
        _local.Log("/shop", "one", (Noon, "fine"));
        Assert.Empty(Read("Errors"));

        _local.Clock.Advance(TimeSpan.FromSeconds(62));
        Assert.Equal([(Noon, 1.0, 0.0)], Read("Errors"));
        _local.Log("/shop", "one", (Noon.AddSeconds(61), "ERROR"));
        _local.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal([(Noon, 1.0, 0.0), (Noon.AddMinutes(1), 1.0, 1.0)], Read("Errors"));
    }

    [Fact]
    public void Filters_are_listed_as_they_were_put_and_putting_one_again_replaces_it()
    {
        Put("B", "x");
        Put("A", "{ $.a = * }", t => t.Value("$.a").Dimension("D", "$.a"));
        Put("B", "y", t => t.Default(1.5));

        DescribeMetricFiltersResponse first = _local.CloudWatch.DescribeMetricFilters(new DescribeMetricFiltersRequest { LogGroupName = "/shop", Limit = 1 });
        DescribeMetricFiltersResponse second = _local.CloudWatch.DescribeMetricFilters(new DescribeMetricFiltersRequest { Limit = 1, NextToken = first.NextToken });

        MetricFilterSummary a = Assert.Single(first.MetricFilters);
        Assert.Equal(("A", "/shop", "{ $.a = * }", "$.a", "$.a"), (a.FilterName, a.LogGroupName, a.FilterPattern, a.MetricTransformation.MetricValue, a.MetricTransformation.Dimensions["D"]));
        MetricFilterSummary b = Assert.Single(second.MetricFilters);
        Assert.Equal(("B", "y", 1.5, "1", "None", Noon), (b.FilterName, b.FilterPattern, b.MetricTransformation.DefaultValue, b.MetricTransformation.MetricValue, b.MetricTransformation.Unit, b.CreationTime));
        Assert.Null(second.NextToken);
        Assert.Empty(_local.CloudWatch.DescribeMetricFilters(new DescribeMetricFiltersRequest { FilterNamePrefix = "C" }).MetricFilters);
    }

    [Theory]
    [InlineData("""{"filterName":"f","filterPattern":"","metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"1"}]}""", "logGroupName")]
    [InlineData("""{"logGroupName":"g","filterPattern":"","metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"1"}]}""", "filterName")]
    [InlineData("""{"logGroupName":"g","filterName":"f","filterPattern":"","metricTransformations":[]}""", "metricTransformations")]
    [InlineData("""{"logGroupName":"g","filterName":"f","filterPattern":"{","metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"1"}]}""", "no filter pattern")]
    [InlineData("""{"logGroupName":"g","filterName":"f","filterPattern":"","metricTransformations":[{"metricNamespace":"n","metricValue":"1"}]}""", "Metric")]
    [InlineData("""{"logGroupName":"g","filterName":"f","filterPattern":"","metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"1","unit":"Apples"}]}""", "unit")]
    [InlineData("""{"logGroupName":"g","filterName":"f","filterPattern":"x","metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"1","dimensions":{"d":"$.a"}}]}""", "term pattern")]
    public void What_CloudWatch_refuses_is_refused(string body, string word)
    {
        SendResult refused = _local.Send(body, "PutMetricFilter");
        Assert.Equal((ErrorClass.Invalid, "InvalidParameterException"), (refused.Error, refused.Code));
        Assert.Contains(word, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_has_a_hundred_filters_at_most()
    {
        for (int i = 0; i < 100; i++)
        {
            Put($"F{i}", "x");
        }

        Put("F5", "y");
        Assert.Equal("LimitExceededException", Send("More", "x", null).Code);
    }

    private SendResult Send(string name, string pattern, Action<MetricFilterBuilder>? configure)
    {
        MetricFilterOptions options = new() { Pattern = pattern, Namespace = "Shop", Metric = name };
        configure?.Invoke(new MetricFilterBuilder(options));
        return _local.Send(Encoding.UTF8.GetString(MetricFilterBody.Write("/shop", name, options)), MetricFilterBody.Operation);
    }

    private void Put(string name, string pattern, Action<MetricFilterBuilder>? configure = null)
    {
        SendResult result = Send(name, pattern, configure);
        Assert.True(result.Error == ErrorClass.None, result.ToString());
    }

    private (DateTimeOffset Time, double Count, double Sum)[] Read(string metric, string unit = "None", params CloudObserve.Sinks.Local.Dimension[] dimensions) =>
        [.. _local.Statistics(Noon.AddHours(-1), Noon.AddHours(1), TimeSpan.FromMinutes(1), new Metric("Shop", metric, dimensions), unit)
            .OrderBy(p => p.Timestamp).Select(p => (p.Timestamp, p.SampleCount!.Value, p.Sum!.Value))];
}
