using CloudObserve.Delivery;
using CloudObserve.Local;

namespace CloudObserve.Tests.Sinks.Local;

public sealed class LocalSinkTests
{
    private static readonly string[] BadDatums =
    [
        """{"MetricName":"Bad","Value":"NaN"}""",
        """{"MetricName":"Bad","Value":1,"Timestamp":1}""",
        """{"MetricName":"Bad","Value":1,"Dimensions":[{"Name":"Region","Value":""}]}""",
    ];

    private readonly LocalCloudWatch _local = new();

    [Fact]
    public void An_operation_that_is_not_known_is_invalid()
    {
        SendResult result = _local.Send("{}", "PutNothing");

        Assert.Equal((ErrorClass.Invalid, "UnknownOperationException"), (result.Error, result.Code));
    }

    [Fact]
    public void A_cancelled_attempt_takes_nothing()
    {
        Assert.Throws<OperationCanceledException>(() =>
            _local.Send("""{"Namespace":"Shop","MetricData":[{"MetricName":"Orders","Value":1}]}""",
                cancellationToken: new CancellationToken(true)));

        Assert.Equal(0, _local.CloudWatch.SeriesCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void One_bad_datum_keeps_the_whole_request_out(int which)
    {
        SendResult result = _local.Send(
            $$"""{"Namespace":"Shop","MetricData":[{"MetricName":"Orders","Value":1},{{BadDatums[which]}},{"MetricName":"Orders","Value":1}]}""");

        Assert.Equal(ErrorClass.Invalid, result.Error);
        Assert.Contains("MetricData.member.2.", result.Message, StringComparison.Ordinal);
        Assert.Empty(_local.CloudWatch.ListMetrics(new ListMetricsRequest()).Metrics);
    }

    [Fact]
    public void A_body_larger_than_one_megabyte_is_too_large()
    {
        string body = """{"Namespace":"Shop","MetricData":[{"MetricName":"Orders","Value":1}]}""";
        string largest = body + new string(' ', (1024 * 1024) - body.Length);

        Assert.Equal(ErrorClass.None, _local.Send(largest).Error);
        SendResult result = _local.Send(largest + ' ');

        Assert.Equal((ErrorClass.TooLarge, "RequestEntityTooLargeException"), (result.Error, result.Code));
    }

    [Fact]
    public void A_thousand_datums_are_taken_and_one_more_is_not()
    {
        string thousand = string.Join(',', Enumerable.Repeat("""{"MetricName":"Orders","Value":1}""", 1000));

        Assert.Equal(ErrorClass.None, _local.Send($$"""{"Namespace":"Shop","MetricData":[{{thousand}}]}""").Error);
        SendResult result = _local.Send($$"""{"Namespace":"Shop","MetricData":[{{thousand}},{"MetricName":"Orders","Value":1}]}""");

        Assert.Equal("InvalidParameterValue", result.Code);
        Assert.Equal("The collection MetricData must not have a size greater than 1000.", result.Message);
        Assert.Equal(1000, Sum("SampleCount"));
    }

    [Fact]
    public void A_datum_without_a_time_gets_the_time_of_receipt()
    {
        _local.Clock.Advance(TimeSpan.FromSeconds(90));
        _local.Put("""{"MetricName":"Orders","Value":1,"StorageResolution":1}""");

        Assert.Equal(LocalCloudWatch.Noon.AddSeconds(90),
            Assert.Single(_local.Data("Sum", LocalCloudWatch.Noon, LocalCloudWatch.Noon.AddHours(1), TimeSpan.FromSeconds(1)).Timestamps));
    }

    [Fact]
    public void The_order_of_members_does_not_matter_and_unknown_ones_are_skipped()
    {
        SendResult result = _local.Send(
            """{"New":{"a":[1,{}]},"MetricData":[{"Value":2,"New":[[]],"Dimensions":null,"MetricName":"Orders","Values":null}],"Namespace":"Shop"}""");

        Assert.Equal(ErrorClass.None, result.Error);
        Assert.Equal(2, Sum("Sum"));
    }

    [Fact]
    public void Counts_say_how_often_each_value_occurred()
    {
        _local.Put("""{"MetricName":"Orders","Values":[5,1,2],"Counts":[1,10,4]}""");

        Assert.Equal((15, 23, 1, 5), (Sum("SampleCount"), Sum("Sum"), Sum("Minimum"), Sum("Maximum")));
        Assert.Equal((10, 4, 1), (Math.Round(Sum("TC(0:1.2)")), Math.Round(Sum("TC(1.9:2.2)")), Math.Round(Sum("TC(4:5)"))));
    }

    private double Sum(string stat) =>
        _local.Data(stat, LocalCloudWatch.Noon, LocalCloudWatch.Noon.AddHours(1), TimeSpan.FromHours(1)).Values.Single();
}
