using CloudObserve.Local;

namespace CloudObserve.Tests.Sinks.Local.Recorded;

/// <summary>Tests CloudWatch's recorded answers to GetMetricStatistics, GetMetricData and ListMetrics of September 2026.</summary>
public sealed class RecordedQueriesTests
{
    private static readonly DateTimeOffset OneOClock = new(2026, 6, 15, 1, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly MetricIdentifier Items = new("Shop/Cart", "Items");

    private readonly LocalCloudWatch _local = new();

    [Fact]
    public void Statistics_and_extended_statistics_may_be_asked_for_together()
    {
        Put(8, 3);

        Datapoint point = _local.CloudWatch.GetMetricStatistics(Statistics() with { ExtendedStatistics = ["p90"] }).Datapoints.Single();

        Assert.Equal((3, 3), (point.Sum, point.ExtendedStatistics["p90"]));
    }

    [Theory]
    [InlineData("reversed window", "InvalidParameterValue", "The parameter StartTime must be less than the parameter EndTime.")]
    [InlineData("period 7", "InvalidParameterValue", "The parameter Period must be a value in the set [1, 5, 10, 20, 30].")]
    [InlineData("median", "InvalidParameterValue",
        "The parameter Statistics.member.1.<list element> must be a value in the set [SampleCount, Average, Sum, Minimum, Maximum].")]
    [InlineData("p101", "InvalidParameterValue",
        "The value p101 for parameter ExtendedStatistics.member.1.<list element> is not supported.")]
    [InlineData("86400 datapoints", "InvalidParameterCombination",
        "You have requested up to 86400 datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.")]
    public void GetMetricStatistics_refuses_with_the_code_and_text(string what, string code, string message)
    {
        GetMetricStatisticsRequest request = what switch
        {
            "reversed window" => Statistics() with { StartTime = At(10, 0), EndTime = At(8, 0) },
            "period 7" => Statistics() with { Period = TimeSpan.FromSeconds(7) },
            "median" => Statistics() with { Statistics = ["Median"] },
            "p101" => Statistics() with { Statistics = [], ExtendedStatistics = ["p101"] },
            _ => Statistics() with { EndTime = At(8, 0).AddDays(1), Period = TimeSpan.FromSeconds(1) },
        };

        CloudWatchException exception = Assert.Throws<CloudWatchException>(() => _local.CloudWatch.GetMetricStatistics(request));

        Assert.Equal((code, message), (exception.Code, exception.Message));
    }

    [Fact]
    public void The_start_and_the_end_of_GetMetricStatistics_are_rounded_down()
    {
        Put(8, 8);
        Put(9, 9);

        Assert.Equal([9.0], Sums(At(9, 1), At(10, 0)));
        Assert.Equal([8.0], Sums(At(8, 0), At(9, 1)));
        Assert.Equal([], Sums(At(8, 10), At(8, 50)));
    }

    [Theory]
    [InlineData("bad token", "InvalidNextToken", "")]
    [InlineData("duplicate id", "ValidationError", "The values for parameter id in MetricDataQueries are not unique.")]
    [InlineData("unknown function", "ValidationError", "Error in expression 'bad': Function 'NOT_A_FUNCTION' not found")]
    [InlineData("bad id", "ValidationError",
        "The value for parameter MetricDataQueries.member.1.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.")]
    public void GetMetricData_refuses_with_the_code_and_text(string what, string code, string message)
    {
        MetricDataQuery query = Query();
        GetMetricDataRequest request = what switch
        {
            "bad token" => Data(query) with { NextToken = "invalid" },
            "duplicate id" => Data(query, query),
            "unknown function" => Data(new MetricDataQuery { Id = "bad", Expression = "NOT_A_FUNCTION(m)" }, query),
            _ => Data(query with { Id = "Bad" }),
        };

        CloudWatchException exception = Assert.Throws<CloudWatchException>(() => _local.CloudWatch.GetMetricData(request));

        Assert.Equal((code, message), (exception.Code, exception.Message));
    }

    [Fact]
    public void Data_of_another_account_is_forbidden_and_that_of_ours_is_not()
    {
        Put(8, 3);

        MetricDataResult other =
            _local.CloudWatch.GetMetricData(Data(Query() with { AccountId = "another account" })).MetricDataResults.Single();
        MetricDataResult ours =
            _local.CloudWatch.GetMetricData(Data(Query() with { AccountId = "000000000000" })).MetricDataResults.Single();

        Assert.Equal((MetricDataStatusCode.Forbidden, 0), (other.StatusCode, other.Values.Count));
        Assert.Equal(
            new MessageData("Forbidden",
                "Access denied when getting data - please check that this account and the requested metric account are linked"),
            Assert.Single(other.Messages));
        Assert.Equal((MetricDataStatusCode.Complete, 3), (ours.StatusCode, ours.Values.Single()));
        Assert.Empty(ours.Messages);
    }

    [Fact]
    public void Of_two_units_in_a_period_one_is_returned_and_it_is_said()
    {
        Put(8, 1, "Seconds");
        Put(8, 1000, "Milliseconds");

        MetricDataResult any = Ask(null);

        Assert.Equal([1000.0], any.Values);
        Assert.Equal(new MessageData("MultipleUnits", "Multiple units returned: '[Milliseconds, Seconds]'"), Assert.Single(any.Messages));
        Assert.Equal([1.0], Ask("Seconds").Values);
        Assert.Equal([1000.0], Ask("Milliseconds").Values);
        Assert.Empty(Ask("Count").Values);
        Assert.Empty(Ask("Seconds").Messages);

        MetricDataResult Ask(string? unit)
        {
            MetricDataQuery query = Query();
            return _local.CloudWatch.GetMetricData(
                Data(query with { MetricStat = query.MetricStat! with { Unit = unit } })).MetricDataResults.Single();
        }
    }

    [Fact]
    public void ListMetrics_refuses_a_token_that_is_none_with_the_code_and_text()
    {
        CloudWatchException exception = Assert.Throws<CloudWatchException>(
            () => _local.CloudWatch.ListMetrics(new ListMetricsRequest { Namespace = "Shop/Cart", NextToken = "invalid" }));

        Assert.Equal(("InvalidParameterValue", "Request parameter NextToken is invalid"), (exception.Code, exception.Message));
    }

    [Fact]
    public void ListMetrics_finds_every_metric_that_has_a_dimension_also_with_further_ones()
    {
        _local.Put(
            """{"MetricName":"a","Value":1,"Dimensions":[{"Name":"A","Value":"1"}]}""",
            """{"MetricName":"b","Value":1,"Dimensions":[{"Name":"A","Value":"2"},{"Name":"B","Value":"3"}]}""",
            """{"MetricName":"c","Value":1,"Dimensions":[{"Name":"B","Value":"3"}]}""");

        ListMetricsResponse found = _local.CloudWatch.ListMetrics(new ListMetricsRequest
        {
            Namespace = "Shop",
            Dimensions = [new DimensionFilter("A")],
        });

        Assert.Equal(["a", "b"], found.Metrics.Select(metric => metric.MetricName));
    }

    private static DateTimeOffset At(int minute, int second) => OneOClock.AddMinutes(minute).AddSeconds(second);

    private static GetMetricStatisticsRequest Statistics() => new()
    {
        Metric = Items,
        StartTime = At(8, 0),
        EndTime = At(13, 0),
        Period = Minute,
        Statistics = ["Sum"],
    };

    private static MetricDataQuery Query() => LocalCloudWatch.Query("m", "Sum", Minute, Items);

    private static GetMetricDataRequest Data(params MetricDataQuery[] queries) =>
        new() { MetricDataQueries = queries, StartTime = At(8, 0), EndTime = At(13, 0) };

    private IEnumerable<double> Sums(DateTimeOffset start, DateTimeOffset end) =>
        _local.CloudWatch.GetMetricStatistics(Statistics() with { StartTime = start, EndTime = end }).Datapoints.Select(
            point => point.Sum!.Value);

    private void Put(int minute, double value, string unit = "None") => Assert.Equal("", _local.Send(FormattableString.Invariant(
        $$"""{"Namespace":"Shop/Cart","MetricData":[{"MetricName":"Items","Value":{{value}},"Unit":"{{unit}}","Timestamp":{{LocalCloudWatch.At(At(minute, 0))}}}]}""")).Code);
}
