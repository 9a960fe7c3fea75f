using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Filters;
using CloudObserve.Filters.Transformations;
using CloudObserve.Local;

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
        Put("Latency", "{ $.latency = * && $.region = * }", t => t.Value("$.latency").Dimension("Region", "$.region")
            .Unit(CloudObserve.Metrics.MetricUnit.Milliseconds));
        _local.Log("/shop", "one", (Noon, """{"latency":50,"region":"eu"}"""), (Noon, """{"latency":"11.5","region":"eu"}"""),
            (Noon, """{"latency":7,"region":"\u00e4"}"""), (Noon, """{"latency":1e200,"region":"eu"}"""));

        Assert.Equal([(Noon, 2.0, 61.5)], Read("Latency", "Milliseconds", ("Region", "eu")));
        Assert.Empty(Read("Latency", "Milliseconds", ("Region", "ä")));
    }

    [Fact]
    public void A_default_is_added_for_each_event_that_does_not_match()
    {
        Put("Errors", "ERROR", t => t.Value(5).Default(3));
        _local.Log("/shop", "one", (Noon, "fine"));
        Assert.Equal([(Noon, 1.0, 3.0)], Read("Errors"));

        _local.Log("/shop", "one", (Noon, "ERROR"), (Noon, "fine"), (Noon.AddSeconds(61), "fine"));
        Assert.Equal([(Noon, 3.0, 11.0), (Noon.AddMinutes(1), 1.0, 3.0)], Read("Errors"));
    }

    [Fact]
    public void System_fields_are_dimensions()
    {
        Put("Orders", "x", t => t.SystemField("@source.log").SystemField("@aws.account").SystemField("@aws.region"));
        _local.Log("/shop", "one", (Noon, "x"));

        Assert.Equal([(Noon, 1.0, 1.0)],
            Read("Orders", "None", ("@source.log", "/shop"), ("@aws.account", "000000000000"), ("@aws.region", "us-east-1")));
        Assert.Equal(
            ["@source.log", "@aws.account", "@aws.region"],
            Assert.Single(_local.CloudWatch.DescribeMetricFilters(
                new DescribeMetricFiltersRequest()).MetricFilters).EmitSystemFieldDimensions);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("@aws.region = \"us-east-1\"", true)]
    [InlineData("@aws.region=\"us-east-1\"", true)]
    [InlineData("@aws.region != \"us-east-1\"", false)]
    [InlineData("@aws.account = \"999999999999\"", false)]
    [InlineData("@aws.account IN [\"999999999999\", \"000000000000\"]", true)]
    [InlineData("@aws.account NOT IN [\"999999999999\", \"000000000000\"]", false)]
    [InlineData("@aws.account NOT IN [\"999999999999\"]", true)]
    [InlineData("@source.log = \"/shop\" AND @aws.region = \"eu-west-1\"", false)]
    [InlineData("@source.log = \"/shop\" OR @aws.region = \"eu-west-1\" AND @aws.account = \"1\"", true)]
    [InlineData("(@source.log = \"/shop\" OR @aws.region = \"eu-west-1\") AND @aws.account = \"1\"", false)]
    public void Only_events_with_the_selected_system_fields_are_counted(string criteria, bool isSelected)
    {
        Assert.Equal(ErrorClass.None, _local.Send(WithCriteria(criteria), "PutMetricFilter").Error);
        _local.Log("/shop", "one", (Noon, "x"), (Noon, "fine"));

        Assert.Equal(isSelected ? [(Noon, 2.0, 1.0)] : [], Read("Orders"));
        Assert.Equal(criteria,
            Assert.Single(_local.CloudWatch.DescribeMetricFilters(
                new DescribeMetricFiltersRequest()).MetricFilters).FieldSelectionCriteria);
    }

    [Theory]
    [InlineData("bogus criteria")]
    [InlineData(" ")]
    [InlineData("@aws.vpc = \"a\"")]
    [InlineData("@aws.regions = \"a\"")]
    [InlineData("@aws.region")]
    [InlineData("@aws.region =")]
    [InlineData("@aws.region = us-east-1")]
    [InlineData("@aws.region = \"us-east-1")]
    [InlineData("@aws.region > \"a\"")]
    [InlineData("@aws.region = \"a\" AND")]
    [InlineData("@aws.region = \"a\" @aws.account = \"b\"")]
    [InlineData("@aws.region IN \"a\"")]
    [InlineData("@aws.region IN []")]
    [InlineData("@aws.region IN [\"a\",]")]
    [InlineData("@aws.region NOT = \"a\"")]
    [InlineData("(@aws.region = \"a\"")]
    [InlineData("@aws.region = \"a\")")]
    public void Criteria_that_select_nothing_meaningful_are_refused_as_recorded(string criteria)
    {
        SendResult refused = _local.Send(WithCriteria(criteria), "PutMetricFilter");

        Assert.Equal(("InvalidParameterException", "The provided field selection criteria is invalid"), (refused.Code, refused.Message));
        Assert.Empty(_local.CloudWatch.DescribeMetricFilters(new DescribeMetricFiltersRequest()).MetricFilters);
    }

    [Fact]
    public void Criteria_are_bounded_in_length_and_may_be_nested_to_it()
    {
        string nested = new string('(', 988) + "@aws.region=\"us-east-1\"" + new string(')', 988);
        Assert.Equal(ErrorClass.None, _local.Send(WithCriteria(nested), "PutMetricFilter").Error);
        Assert.Contains("fieldSelectionCriteria", _local.Send(WithCriteria(new string('(', 2_001)), "PutMetricFilter").Message,
            StringComparison.Ordinal);
        Assert.Equal("The provided field selection criteria is invalid",
            _local.Send(WithCriteria(new string('(', 2_000)), "PutMetricFilter").Message);
    }

    [Fact]
    public void A_new_unit_holds_for_new_events_and_both_stay_readable()
    {
        Put("Sizes", "UNIT_MATCH", t => t.Value(19).Unit(CloudObserve.Metrics.MetricUnit.Count));
        _local.Log("/shop", "one", (Noon, "UNIT_MATCH"));
        Put("Sizes", "UNIT_MATCH", t => t.Value(41).Unit(CloudObserve.Metrics.MetricUnit.Bytes));
        _local.Log("/shop", "one", (Noon, "UNIT_MATCH"));

        Assert.Equal([(Noon, 1.0, 19.0)], Read("Sizes", "Count"));
        Assert.Equal([(Noon, 1.0, 41.0)], Read("Sizes", "Bytes"));
    }

    [Fact]
    public void Filters_are_listed_as_they_were_put_and_putting_one_again_replaces_it()
    {
        Put("B", "x");
        Put("A", "{ $.a = * }", t => t.Value("$.a").Dimension("D", "$.a"));
        Put("B", "y", t => t.Default(1.5));

        DescribeMetricFiltersResponse first = _local.CloudWatch.DescribeMetricFilters(new DescribeMetricFiltersRequest
        {
            LogGroupName = "/shop",
            Limit = 1,
        });
        DescribeMetricFiltersResponse second = _local.CloudWatch.DescribeMetricFilters(new DescribeMetricFiltersRequest
        {
            Limit = 1,
            NextToken = first.NextToken,
        });

        MetricFilterSummary a = Assert.Single(first.MetricFilters);
        Assert.Equal(("A", "/shop", "{ $.a = * }", "$.a", "$.a"),
            (a.FilterName, a.LogGroupName, a.FilterPattern, a.MetricTransformation.MetricValue, a.MetricTransformation.Dimensions["D"]));
        MetricFilterSummary b = Assert.Single(second.MetricFilters);
        Assert.Equal(("B", "y", 1.5, "1", "None", Noon),
            (b.FilterName, b.FilterPattern, b.MetricTransformation.DefaultValue, b.MetricTransformation.MetricValue,
                b.MetricTransformation.Unit, b.CreationTime));
        Assert.Null(second.NextToken);
        Assert.Empty(_local.CloudWatch.DescribeMetricFilters(new DescribeMetricFiltersRequest { FilterNamePrefix = "C" }).MetricFilters);
    }

    [Theory]
    [InlineData("""{"filterName":"f","filterPattern":"","metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"1"}]}""", "logGroupName")]
    [InlineData("""{"logGroupName":"g","filterPattern":"","metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"1"}]}""", "filterName")]
    [InlineData("""{"logGroupName":"g","filterName":"f","filterPattern":"","metricTransformations":[]}""", "metricTransformations")]
    [InlineData("""{"logGroupName":"g","filterName":"f","filterPattern":"{","metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"1"}]}""", "Invalid metric filter pattern")]
    [InlineData("""{"logGroupName":"g","filterName":"f","filterPattern":"{ $.kind = \"wildcard\" && $.items[*].value = * }","metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"$.items[*].value"}]}""", "Invalid metric transformation: metric value $.items[*].value must be a valid number")]
    [InlineData("""{"logGroupName":"g","filterName":"f","filterPattern":"{ $.items[*].bucket = * }","metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"1","dimensions":{"d":"$.items[*].bucket"}}]}""", "Invalid metric transformation: dimension value must be valid selector")]
    [InlineData("""{"logGroupName":"g","filterName":"f","filterPattern":"[word, word]","metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"1"}]}""", "Duplicate field 'word'")]
    [InlineData("""{"logGroupName":"g","filterName":"f","filterPattern":"x","emitSystemFieldDimensions":["@aws.vpc"],"metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"1"}]}""", "system field")]
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

    private static string WithCriteria(string criteria) => $$"""
        {"logGroupName":"/shop","filterName":"f","filterPattern":"x","fieldSelectionCriteria":{{System.Text.Json.JsonSerializer.Serialize(criteria)}},
         "metricTransformations":[{"metricName":"Orders","metricNamespace":"Shop","metricValue":"1","defaultValue":0}]}
        """;

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

    private (DateTimeOffset Time, double Count, double Sum)[] Read(
        string metric, string unit = "None", params CloudObserve.Metrics.MetricDimension[] dimensions) =>
        [.. _local.Statistics(
            Noon.AddHours(-1), Noon.AddHours(1), TimeSpan.FromMinutes(1), new MetricIdentifier("Shop", metric, dimensions), unit)
            .OrderBy(p => p.Timestamp).Select(p => (p.Timestamp, p.SampleCount!.Value, p.Sum!.Value))];
}
