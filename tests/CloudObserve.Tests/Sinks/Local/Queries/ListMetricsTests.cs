using CloudObserve.Local;

namespace CloudObserve.Tests.Sinks.Local.Queries;

public sealed class ListMetricsTests
{
    private readonly LocalCloudWatch _local = new();

    [Fact]
    public void Metrics_are_filtered_by_namespace_name_and_dimensions()
    {
        _local.Send("""{"Namespace":"Other","MetricData":[{"MetricName":"Orders","Value":1}]}""");
        _local.Put(
            """{"MetricName":"Orders","Value":1}""",
            """{"MetricName":"Orders","Value":1,"Dimensions":[{"Name":"Region","Value":"eu"}]}""",
            """{"MetricName":"Orders","Value":1,"Dimensions":[{"Name":"Tier","Value":"gold"},{"Name":"Region","Value":"us"}]}""",
            """{"MetricName":"Visits","Value":1,"Dimensions":[{"Name":"Region","Value":"eu"}]}""");

        Assert.Equal(5, List(new ListMetricsRequest()).Length);
        Assert.Equal(["Other/Orders{}"], List(new ListMetricsRequest { Namespace = "Other" }));
        Assert.Equal(["Shop/Visits{Region=eu}"], List(new ListMetricsRequest { MetricName = "Visits" }));
        Assert.Equal(3, List(new ListMetricsRequest { Dimensions = [new DimensionFilter("Region")] }).Length);
        Assert.Equal(
            ["Shop/Orders{Region=us, Tier=gold}"],
            List(new ListMetricsRequest { Dimensions = [new DimensionFilter("Region", "us"), new DimensionFilter("Tier")] }));
        Assert.Empty(List(new ListMetricsRequest { Dimensions = [new DimensionFilter("Region", "asia")] }));
    }

    [Fact]
    public void A_page_holds_500_metrics_and_pages_together_all_even_when_more_come()
    {
        PutMany(0, 1000);
        ListMetricsResponse first = _local.CloudWatch.ListMetrics(new ListMetricsRequest());
        PutMany(1000, 250);
        ListMetricsResponse second = _local.CloudWatch.ListMetrics(new ListMetricsRequest { NextToken = first.NextToken });
        ListMetricsResponse third = _local.CloudWatch.ListMetrics(new ListMetricsRequest { NextToken = second.NextToken });

        Assert.Equal((500, 500, 250), (first.Metrics.Count, second.Metrics.Count, third.Metrics.Count));
        Assert.Null(third.NextToken);
        Assert.Equal(1250, first.Metrics.Concat(second.Metrics).Concat(third.Metrics).Select(metric => metric.MetricName).Distinct()
            .Count());
    }

    [Fact]
    public void A_page_that_ends_with_the_last_metric_has_no_token()
    {
        PutMany(0, 500);

        Assert.Null(_local.CloudWatch.ListMetrics(new ListMetricsRequest()).NextToken);
    }

    [Fact]
    public void Recently_active_metrics_got_data_within_three_hours()
    {
        _local.Put("""{"MetricName":"Old","Value":1}""");
        _local.Clock.Advance(TimeSpan.FromHours(3) + TimeSpan.FromSeconds(1));
        _local.Put("""{"MetricName":"New","Value":1}""");

        Assert.Equal(["Shop/New{}"], List(new ListMetricsRequest { RecentlyActive = true }));
        Assert.Equal(["Shop/Old{}", "Shop/New{}"], List(new ListMetricsRequest()));
    }

    [Fact]
    public void A_metric_silent_for_two_weeks_is_not_listed_but_can_still_be_read()
    {
        _local.Put(LocalCloudWatch.Noon, 1);
        _local.Clock.Advance(TimeSpan.FromDays(14) + TimeSpan.FromSeconds(1));

        Assert.Empty(List(new ListMetricsRequest()));
        Assert.Single(_local.Statistics(LocalCloudWatch.Noon, LocalCloudWatch.Noon.AddHours(1), TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("?")]
    [InlineData("")]
    [InlineData("bm8")]
    public void A_token_that_was_not_given_out_is_refused(string token) =>
        Assert.Equal("InvalidParameterValue",
            Assert.Throws<CloudWatchException>(() => List(new ListMetricsRequest { NextToken = token })).Code);

    [Fact]
    public void Ten_dimension_filters_are_taken_and_eleven_are_not()
    {
        DimensionFilter[] filters = [.. Enumerable.Range(0, 11).Select(i => new DimensionFilter($"d{i}"))];

        Assert.Empty(List(new ListMetricsRequest { Dimensions = filters[..10] }));
        Assert.Equal("InvalidParameterValue",
            Assert.Throws<CloudWatchException>(() => List(new ListMetricsRequest { Dimensions = filters })).Code);
    }

    private string[] List(ListMetricsRequest request) =>
        [.. _local.CloudWatch.ListMetrics(request).Metrics.Select(metric => metric.ToString())];

    private void PutMany(int from, int count)
    {
        foreach (int[] chunk in Enumerable.Range(from, count).Chunk(500))
        {
            _local.Put([.. chunk.Select(i => $$"""{"MetricName":"m{{i}}","Value":1}""")]);
        }
    }
}
