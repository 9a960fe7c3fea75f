using CloudObserve.Local;
using CloudObserve.Sinks.Local.Queries;

namespace CloudObserve.Tests.Sinks.Local.Queries;

public sealed class GetMetricDataTests
{
    private static readonly DateTimeOffset Noon = LocalCloudWatch.Noon;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly GetMetricDataRequest Good = new()
    {
        MetricDataQueries = [LocalCloudWatch.Query("m1", "Sum", Minute)],
        StartTime = Noon,
        EndTime = Noon.AddHours(2),
    };

    private readonly LocalCloudWatch _local = new();

    public static TheoryData<string, string, string> Faults => new()
    {
        { "no query", "ValidationError", "must have a size between 1 and 500" },
        { "501 queries", "ValidationError", "must have a size between 1 and 500" },
        { "math", "ValidationError",
            "MetricDataQueries.member.1.Expression uses metric math, which is not supported by the embedded CloudWatch" },
        { "both", "ValidationError", "mutually exclusive" },
        { "neither", "ValidationError", "MetricDataQueries.member.1.MetricStat is required" },
        { "same id", "ValidationError", "The values for parameter id in MetricDataQueries are not unique." },
        { "upper id", "ValidationError", "MetricDataQueries.member.1.Id" },
        { "long id", "ValidationError", "MetricDataQueries.member.1.Id" },
        { "empty id", "ValidationError", "MetricDataQueries.member.1.Id" },
        { "hyphen in id", "ValidationError", "MetricDataQueries.member.1.Id" },
        { "stat", "InvalidParameterValue", "The value sum for parameter MetricDataQueries.member.1.MetricStat.Stat is not supported" },
        { "period", "InvalidParameterValue", "MetricDataQueries.member.1.MetricStat.Period must be" },
        { "empty span", "ValidationError", "StartTime must be less than" },
        { "no datapoints", "ValidationError", "MaxDatapoints must be between 1 and 100800" },
        { "too many datapoints", "ValidationError", "MaxDatapoints must be between 1 and 100800" },
        { "token", "InvalidNextToken", "" },
        { "token of another kind", "InvalidNextToken", "" },
        { "token beyond the queries", "InvalidNextToken", "" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_request_that_breaks_a_rule_is_refused_with_its_code(string what, string code, string message)
    {
        MetricDataQuery query = Good.MetricDataQueries[0];
        GetMetricDataRequest request = what switch
        {
            "no query" => With(),
            "501 queries" => With([.. Enumerable.Range(0, 501).Select(i => query with { Id = $"m{i}" })]),
            "math" => With(query with { MetricStat = null, Expression = "m1 / 2" }),
            "both" => With(query with { Expression = "m1 / 2" }),
            "neither" => With(query with { MetricStat = null }),
            "same id" => With(query, query),
            "upper id" => With(query with { Id = "M1" }),
            "long id" => With(query with { Id = new string('m', 256) }),
            "empty id" => With(query with { Id = "" }),
            "hyphen in id" => With(query with { Id = "m-1" }),
            "stat" => With(LocalCloudWatch.Query("m1", "sum", Minute)),
            "period" => With(LocalCloudWatch.Query("m1", "Sum", TimeSpan.FromSeconds(61))),
            "empty span" => Good with { EndTime = Noon },
            "no datapoints" => Good with { MaxDatapoints = 0 },
            "too many datapoints" => Good with { MaxDatapoints = 100_801 },
            "token" => Good with { NextToken = "?" },
            "token of another kind" => Good with { NextToken = PageToken.Write("a:b") },
            _ => Good with { NextToken = PageToken.Write("1:") },
        };

        CloudWatchException exception = Assert.Throws<CloudWatchException>(() => _local.CloudWatch.GetMetricData(request));

        Assert.Equal(code, exception.Code);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_newest_comes_first_unless_asked_otherwise()
    {
        PutMinutes(3);

        Assert.Equal([2, 1, 0], _local.CloudWatch.GetMetricData(Good).MetricDataResults.Single().Values);
        Assert.Equal([0, 1, 2],
            _local.CloudWatch.GetMetricData(Good with { ScanBy = ScanBy.TimestampAscending }).MetricDataResults.Single().Values);
    }

    [Fact]
    public void Each_query_has_a_result_with_its_label_but_those_that_return_no_data()
    {
        PutMinutes(1);
        MetricDataQuery query = Good.MetricDataQueries[0];

        GetMetricDataResponse response = _local.CloudWatch.GetMetricData(With(
            query, query with { Id = "m2", Label = "Mine" }, query with { Id = "m3", ReturnData = false },
            LocalCloudWatch.Query("m4", "Sum", Minute, new MetricIdentifier("Shop", "Other"))));

        Assert.Equal([("m1", "Orders", 1), ("m2", "Mine", 1), ("m4", "Other", 0)],
            response.MetricDataResults.Select(result => (result.Id, result.Label, result.Values.Count)));
        Assert.All(response.MetricDataResults, result => Assert.Equal(MetricDataStatusCode.Complete, result.StatusCode));
        Assert.Null(response.NextToken);
    }

    [Fact]
    public void Windows_begin_at_the_start_and_hold_what_lies_before_the_end()
    {
        PutMinutes(10);

        MetricDataResult result = _local.Data("SampleCount", Noon.AddMinutes(2), Noon.AddMinutes(9), TimeSpan.FromMinutes(5));

        Assert.Equal([(Noon.AddMinutes(2), 5), (Noon.AddMinutes(7), 2)], result.Timestamps.Zip(result.Values));
    }

    [Theory]
    [InlineData(1, ScanBy.TimestampAscending)]
    [InlineData(1, ScanBy.TimestampDescending)]
    [InlineData(7, ScanBy.TimestampAscending)]
    [InlineData(7, ScanBy.TimestampDescending)]
    [InlineData(20, ScanBy.TimestampDescending)]
    public void Pages_put_together_are_what_one_page_would_have_been(int pageSize, ScanBy order)
    {
        PutMinutes(10);
        _local.Put(Noon.AddMinutes(3), 33, unit: "Count");
        MetricDataQuery query = Good.MetricDataQueries[0];
        GetMetricDataRequest request = With(
            query, query with { Id = "hidden", ReturnData = false },
            LocalCloudWatch.Query("none", "Sum", Minute, new MetricIdentifier("Shop", "None")), query with { Id = "m2" }) with
        { ScanBy = order };

        GetMetricDataResponse whole = _local.CloudWatch.GetMetricData(request);
        Dictionary<string, List<(DateTimeOffset, double)>> pages = ReadPages(request with { MaxDatapoints = pageSize });

        Assert.Equal([10, 0, 10], whole.MetricDataResults.Select(result => result.Values.Count));
        Assert.All(whole.MetricDataResults, result => Assert.Equal(result.Timestamps.Zip(result.Values), pages[result.Id]));
    }

    [Fact]
    public void A_query_is_partial_until_the_page_on_which_it_ends()
    {
        PutMinutes(3);
        MetricDataQuery query = Good.MetricDataQueries[0];
        GetMetricDataRequest request = With(query, query with { Id = "m2" }) with { MaxDatapoints = 4 };

        GetMetricDataResponse first = _local.CloudWatch.GetMetricData(request);
        GetMetricDataResponse second = _local.CloudWatch.GetMetricData(request with { NextToken = first.NextToken });

        Assert.Equal([(MetricDataStatusCode.Complete, 3), (MetricDataStatusCode.PartialData, 1)],
            first.MetricDataResults.Select(result => (result.StatusCode, result.Values.Count)));
        Assert.Equal([(MetricDataStatusCode.Complete, 0), (MetricDataStatusCode.Complete, 2)],
            second.MetricDataResults.Select(result => (result.StatusCode, result.Values.Count)));
        Assert.Null(second.NextToken);
    }

    [Fact]
    public void New_data_between_pages_makes_no_value_appear_twice()
    {
        PutMinutes(3);
        GetMetricDataResponse first = _local.CloudWatch.GetMetricData(Good with { MaxDatapoints = 2 });
        _local.Put(Noon.AddMinutes(10), 10);

        GetMetricDataResponse second = _local.CloudWatch.GetMetricData(Good with { MaxDatapoints = 2, NextToken = first.NextToken });

        Assert.Equal([2, 1], first.MetricDataResults.Single().Values);
        Assert.Equal([0], second.MetricDataResults.Single().Values);
    }

    private static GetMetricDataRequest With(params MetricDataQuery[] queries) => Good with { MetricDataQueries = queries };

    private Dictionary<string, List<(DateTimeOffset, double)>> ReadPages(GetMetricDataRequest request)
    {
        Dictionary<string, List<(DateTimeOffset, double)>> found = [];
        string? token = null;
        do
        {
            GetMetricDataResponse page = _local.CloudWatch.GetMetricData(request with { NextToken = token });
            Assert.InRange(page.MetricDataResults.Sum(result => result.Values.Count), 0, request.MaxDatapoints);
            foreach (MetricDataResult result in page.MetricDataResults)
            {
                found.TryAdd(result.Id, []);
                found[result.Id].AddRange(result.Timestamps.Zip(result.Values));
            }

            token = page.NextToken;
        }
        while (token is not null);
        return found;
    }

    private void PutMinutes(int count)
    {
        for (int minute = 0; minute < count; minute++)
        {
            _local.Put(Noon.AddMinutes(minute), minute);
        }
    }
}
