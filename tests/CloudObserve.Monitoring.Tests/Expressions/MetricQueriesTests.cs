using CloudObserve.Local;
using CloudObserve.Monitoring.Expressions;
using static CloudObserve.Monitoring.Tests.StoredMetrics;

namespace CloudObserve.Monitoring.Tests.Expressions;

public sealed class MetricQueriesTests
{
    private readonly StoredMetrics _store = new StoredMetrics().Put("A", [1, 2, null, 4]).Put("B", [10, null, null, 5]);

    [Fact]
    public void An_expression_uses_metrics_and_other_expressions_in_any_order()
    {
        IReadOnlyList<MetricDataResult> results = _store.Get(
            4, Math("e2", "e1 * 10"), Math("e1", "m1 + m2"), Query("m1", "A"), Query("m2", "B") with { ReturnData = false });

        Assert.Equal(["e2", "e1", "m1"], results.Select(r => r.Id));
        Assert.Equal(["[110, 20, -, 90]", "[11, 2, -, 9]", "[1, 2, -, 4]"], results.Select(r => Show(r, 4)));
        Assert.Equal(["e2", "e1", "A"], results.Select(r => r.Label));
        Assert.All(results, r => Assert.Equal(MetricDataStatusCode.Complete, r.StatusCode));
    }

    [Theory]
    [InlineData("TIME_SERIES(3)", "[3, 3, 3, 3]")]
    [InlineData("SUM(METRICS())", "[11, 2, -, 9]")]
    [InlineData("m1 / PERIOD(m1) * 60", "[1, 2, -, 4]")]
    [InlineData("SUM(SEARCH('{Shop} A', 'Sum', 60))", "[1, 2, -, 4]")]
    [InlineData("SUM(SEARCH('MetricName=B', 'Maximum'))", "[10, -, -, 5]")]
    [InlineData("HOUR(m1)", "[10, 10, 10, 10]")]
    [InlineData("MAX(ANOMALY_DETECTION_BAND(m1))", "[-, -, -, -]")]
    public void An_expression_reads_the_store(string expression, string expected) =>
        Assert.Equal(expected,
            Show(_store.Get(4, Math("e", expression), Query("m1", "A") with { ReturnData = false },
                Query("m2", "B") with { ReturnData = false })[0], 4));

    [Fact]
    public void A_scalar_can_be_used_but_not_returned()
    {
        Assert.Equal("[2.25]",
            Show(_store.Get(1, Math("r", "m1 + s"), Math("s", "AVG(m1) + 0.25") with { ReturnData = false }, Query("m1", "A"))[0], 1));
        Assert.Equal(
            "Error in expression 's' at position 0: the result is a scalar, but it must be a time series or an array of time series; TIME_SERIES makes a time series of a scalar",
            Fault(Math("s", "AVG(m1)"), Query("m1", "A")));
    }

    [Fact]
    public void Values_come_newest_first_unless_asked_otherwise()
    {
        GetMetricDataResponse response = _store.Queries.GetMetricData(new GetMetricDataRequest
        {
            MetricDataQueries = [Math("e", "m1 * 2"), Query("m1", "A")],
            StartTime = Start,
            EndTime = Start.AddMinutes(4),
        });

        Assert.Equal([[8, 4, 2], [4, 2, 1]], response.MetricDataResults.Select(r => r.Values));
        Assert.Equal(Start.AddMinutes(3), response.MetricDataResults[0].Timestamps[0]);
    }

    [Fact]
    public void Periods_of_different_length_meet_where_they_begin()
    {
        IReadOnlyList<MetricDataResult> results = _store.Get(
            4, Math("e", "m1 + two"), Query("m1", "A"), Query("two", "A", period: 120), Math("t", "TIME_SERIES(1)", period: 120));

        Assert.Equal("[4, 2, 4, 4]", Show(results[0], 4));
        Assert.Equal("[1, -, 1, -]", Show(results[3], 4));
    }

    [Fact]
    public void A_request_without_metrics_has_the_period_that_it_names()
    {
        Assert.Equal("[1, -, 1, -]", Show(_store.Get(4, Math("t", "TIME_SERIES(1)", period: 120))[0], 4));
        Assert.Equal([1, 1], _store.Get(10, Math("t", "TIME_SERIES(1)"))[0].Values);
    }

    [Fact]
    public void An_array_is_returned_as_results_with_one_id()
    {
        IReadOnlyList<MetricDataResult> results = _store.Get(
            1, Math("all", "METRICS() * 2"), Math("named", "METRICS()", "Filled:"), Math("bare", "METRICS()", ""),
            Query("m1", "A") with { Label = "mine" }, Query("m2", "B") with { ReturnData = false });

        Assert.Equal(["all", "all", "named", "named", "bare", "bare", "m1"], results.Select(r => r.Id));
        Assert.Equal(["mine", "B", "Filled: mine", "Filled: B", "mine", "B", "mine"], results.Select(r => r.Label));
        Assert.Equal([2, 20, 1, 10, 1, 10, 1], results.Select(r => r.Values.Single()));
    }

    [Fact]
    public void Default_labels_tell_what_differs()
    {
        Assert.Equal(["A Sum", "A Average"], Labels(Query("m1", "A"), Query("m2", "A", "Average")));
        Assert.Equal(["A 60", "A 300"], Labels(Query("m1", "A"), Query("m2", "A", period: 300)));
        Assert.Equal(["A", "B"], Labels(Query("m1", "A"), Query("m2", "B")));
        Assert.Equal(["A Sum 60", "B p99 300"], Labels(Query("m1", "A"), Query("m2", "B", "p99", 300)));
    }

    [Theory]
    [InlineData("max ${MAX}", "max 4")]
    [InlineData("${LABEL}: ${MIN} ${SUM} ${AVG} ${DATAPOINT_COUNT}", "A: 1 7 2.3333333333333335 3")]
    [InlineData("${FIRST} ${LAST} ${FIRST_LAST_RANGE} ${MIN_MAX_RANGE}", "1 4 3 3")]
    [InlineData("${MAX_TIME} ${FIRST_TIME}", "2026-03-01T10:03:00Z 2026-03-01T10:00:00Z")]
    [InlineData("${LAST_TIME_RELATIVE} ${FIRST_LAST_TIME_RANGE} ${MIN_MAX_TIME_RANGE}", "27m 3m 3m")]
    [InlineData("${PROP('MetricName')} ${PROP('Namespace')} ${PROP('Stat')} ${PROP('Period')}", "A Shop Sum 60")]
    [InlineData("${PROP('Dim.Region')}|${PROP('Dim.Zone')}|${PROP('Region')}|${PROP('AccountId')}", "eu||local|000000000000")]
    [InlineData("costs $5 {x} ${", "costs $5 {x} ${")]
    public void A_label_has_dynamic_values(string label, string expected)
    {
        _ = _store.Put("A", [1, 2, null, 4], ("Region", "eu"));

        Assert.Equal(expected, _store.Get(4, Query("m", "A", dimensions: ("Region", "eu")) with { Label = label })[0].Label);
    }

    [Fact]
    public void Dynamic_values_of_a_label_are_those_of_each_time_series()
    {
        IReadOnlyList<MetricDataResult> results = _store.Get(
            4, Math("e", "METRICS() * 2", "${LABEL} up to ${MAX}"),
            Math("s", "m1 / 0", "${MAX} ${DATAPOINT_COUNT} ${LABEL} ${PROP('Stat')}"), Query("m1", "A") with { ReturnData = false },
            Query("m2", "B") with { ReturnData = false });

        Assert.Equal(["A up to 8", "B up to 20", "-- 0 s Sum"], results.Select(r => r.Label));
    }

    [Fact]
    public void Points_in_time_in_a_label_are_in_the_time_zone_of_the_request()
    {
        GetMetricDataRequest request = new()
        {
            MetricDataQueries = [Query("m1", "A") with { Label = "${LAST_TIME}" }],
            StartTime = Start,
            EndTime = Start.AddMinutes(4),
            LabelOptions = new LabelOptions { Timezone = "+0130" },
        };

        Assert.Equal("2026-03-01T11:33:00+01:30", _store.Queries.GetMetricData(request).MetricDataResults[0].Label);
        Assert.All(
            ["", "0130", "+130", "+2500", "+1500", "UTC"],
            zone => Assert.Throws<CloudWatchException>(() => _store.Queries.GetMetricData(request with
            {
                LabelOptions = new LabelOptions { Timezone = zone },
            })));
    }

    [Fact]
    public void Metrics_have_pages_and_expressions_are_whole_on_the_first()
    {
        GetMetricDataRequest request = new()
        {
            MetricDataQueries = [Query("m1", "A"), Math("e", "m1 + m2"), Query("m2", "B")],
            StartTime = Start,
            EndTime = Start.AddMinutes(4),
            MaxDatapoints = 2,
        };

        GetMetricDataResponse first = _store.Queries.GetMetricData(request);
        GetMetricDataResponse second = _store.Queries.GetMetricData(request with { NextToken = first.NextToken });
        GetMetricDataResponse third = _store.Queries.GetMetricData(request with { NextToken = second.NextToken });

        Assert.Equal([[4, 2], [9, 2, 11], []], first.MetricDataResults.Select(r => r.Values));
        Assert.Equal([[1], [], [5]], second.MetricDataResults.Select(r => r.Values));
        Assert.Equal([[], [], [10]], third.MetricDataResults.Select(r => r.Values));
        Assert.Equal([MetricDataStatusCode.PartialData, MetricDataStatusCode.Complete, MetricDataStatusCode.PartialData],
            first.MetricDataResults.Select(r => r.StatusCode));
        Assert.Equal([MetricDataStatusCode.Complete, MetricDataStatusCode.Complete, MetricDataStatusCode.PartialData],
            second.MetricDataResults.Select(r => r.StatusCode));
        Assert.Null(third.NextToken);
        Assert.Equal("InvalidNextToken",
            Assert.Throws<CloudWatchException>(() => _store.Queries.GetMetricData(request with { NextToken = "bm8=" })).Code);
    }

    [Fact]
    public void Data_in_several_units_has_a_message_and_another_account_is_forbidden()
    {
        _ = _store.PutTo("Shop", "U", [5], "Milliseconds").PutTo("Shop", "U", [7], "Seconds");

        IReadOnlyList<MetricDataResult> results =
            _store.Get(1, Query("u", "U"), Query("o", "A") with { AccountId = "111122223333" }, Math("e", "u + o"));

        Assert.Equal((5, "MultipleUnits"), (results[0].Values.Single(), results[0].Messages.Single().Code));
        Assert.Equal((MetricDataStatusCode.Forbidden, "Forbidden"), (results[1].StatusCode, results[1].Messages.Single().Code));
        Assert.Equal("[5]", Show(results[2], 1));
    }

    [Fact]
    public void A_metric_is_found_only_with_its_exact_dimensions()
    {
        _ = _store.Put("D", [1], ("Region", "eu"));

        Assert.Empty(_store.Get(1, Query("d", "D"))[0].Values);
        Assert.Empty(_store.Get(1, Math("e", "d"), Query("d", "D"))[0].Values);
    }

    [Fact]
    public void An_invalid_request_is_refused_in_the_words_of_CloudWatch()
    {
        Assert.Equal("The collection MetricDataQueries must have a size between 1 and 500.", Fault());
        Assert.Equal("The collection MetricDataQueries must have a size between 1 and 500.",
            Fault([.. Enumerable.Range(0, 501).Select(i => Query($"m{i}", "A"))]));
        Assert.Equal("The value for parameter MetricDataQueries.member.2.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.",
            Fault(Math("e", "1"), Query("M", "A")));
        Assert.Equal("The values for parameter id in MetricDataQueries are not unique.", Fault(Query("m", "A"), Query("m", "B")));
        Assert.Equal(
            "The parameters MetricDataQueries.member.1.MetricStat and MetricDataQueries.member.1.Expression are mutually exclusive and you have specified both.",
            Fault(Query("m", "A") with { Expression = "1" }));
        Assert.Equal("The parameter MetricDataQueries.member.1.MetricStat is required.", Fault(new MetricDataQuery { Id = "m" }));
        Assert.Equal("Error in expression 'bad': Function 'NOT_A_FUNCTION' not found",
            Fault(Math("bad", "NOT_A_FUNCTION(m)"), Query("m", "A")));
        Assert.Equal("Error in expression 'e' at position 5: there is no metric and no expression with the id 'm9'",
            Fault(Math("e", "m1 + m9"), Query("m1", "A")));
        Assert.Equal("Error in expression 'e' at position 2: the function PERIOD takes the id of a metric, but 'f' is an expression",
            Fault(Math("e", "f*PERIOD(f)"), Math("f", "m * 1"), Query("m", "A")));
        Assert.Equal("The parameter MetricDataQueries.member.1.Period must be 1, 5, 10, 20, 30 or a multiple of 60.",
            Fault(Math("e", "TIME_SERIES(1)", period: 45)));
        Assert.Equal("The parameter MetricDataQueries.member.1.Label must not have more than 6 dynamic values.", Fault(Query("m", "A") with
        {
            Label = string.Concat(Enumerable.Repeat("${MAX}", 7)),
        }));
        Assert.Equal("The parameter MetricDataQueries.member.1.Label must not have ${LABEL} more than once.", Fault(Query("m", "A") with
        {
            Label = "${LABEL}${LABEL}",
        }));
        Assert.Equal("The parameter MetricDataQueries.member.1.Label has an unknown dynamic value: ${MEDIAN}.", Fault(Query("m", "A") with
        {
            Label = "${MEDIAN}",
        }));
        Assert.Equal("The collection MetricDataQueries must not have more than one query of Metrics Insights.",
            Fault(Math("a", "SELECT SUM(A) FROM Shop"), Math("b", "SELECT SUM(A) FROM Shop")));
        Assert.StartsWith(
            "The parameter MetricDataQueries.member.3.MetricStat.Unit must be a value in the set",
            Fault(Math("e", "m"), Query("m", "A"), Query("u", "A") with
            {
                MetricStat = Query("u", "A").MetricStat! with { Unit = "Hours" },
            }),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Error in expression 'e' at position 0: SEARCH cannot read the metrics that it finds: ",
            Fault(Math("e", "SEARCH('A', 'median', 60)")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("e1 + 1", "m1")]
    [InlineData("e2 + 1", "e1")]
    [InlineData("m1 + e2", "e3 * 2", "e1")]
    public void Expressions_that_use_each_other_in_a_circle_are_refused(params string[] expressions) => Assert.Equal(
        "Error in expression 'e1' at position 0: the expression uses its own result, directly or through other expressions",
        Fault([Query("m1", "A"), .. expressions.Select((e, i) => Math($"e{i + 1}", e))]));

    [Fact]
    public void A_long_chain_of_expressions_is_evaluated()
    {
        MetricDataQuery[] chain = [
            .. Enumerable.Range(1, 499)
                .Select(i => Math($"e{i}", i == 499 ? "m + 1" : $"e{i + 1} + 1") with { ReturnData = i == 1 }),
                Query("m", "A") with { ReturnData = false }];

        Assert.Equal("[500, 501, -, 503]", Show(_store.Get(4, chain).Single(), 4));
    }

    [Fact]
    public void Arrays_that_grow_without_end_and_too_many_searches_are_refused()
    {
        string Many(string id) => $"[{string.Join(',', Enumerable.Repeat(id, 400))}]";
        MetricDataQuery[] growing = [
            Query("m", "A"), Math("a", Many("m")) with { ReturnData = false }, Math("b", Many("a")) with { ReturnData = false },
            Math("c", Many("b")) with { ReturnData = false }];

        Assert.StartsWith(
            "Error in expression 'c' at position 0: the result has too many datapoints", Fault([.. growing, Math("d", "SUM(c)")]),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Error in expression 'd' at position 0: the result has too many datapoints",
            Fault(growing[0], growing[1], growing[2], Math("d", "[b,b,b,b,b]")), StringComparison.Ordinal);
        Assert.Equal(
            "The collection MetricDataQueries must not have more than 100 search expressions.",
            Fault([.. Enumerable.Range(0, 3)
                .Select(i => Math($"s{i}", $"[{string.Join(',', Enumerable.Repeat("SEARCH('A','Sum',60)", 34))}]"))]));
    }

    [Fact]
    public void The_history_of_a_band_begins_where_its_period_still_has_data()
    {
        Bands bands = new() { HistoryStart = Start.AddDays(-14) };
        MetricQueries queries = new(_store.CloudWatch, _store.Clock, bands);
        _store.Clock.Advance(TimeSpan.FromDays(10));

        _ = queries.GetMetricData(new GetMetricDataRequest
        {
            MetricDataQueries = [Math("band", "ANOMALY_DETECTION_BAND(m1)"), Query("m1", "A")],
            StartTime = Start.AddMinutes(2),
            EndTime = Start.AddMinutes(4),
        });

        double[] history = bands.Inputs.Single().History.Values.ToArray();
        Assert.Equal("[1, 2, -, 4]", Points.Show(history[^4..]));
        Assert.InRange(history.Length, 4 * 24 * 60, 5 * 24 * 60);
    }

    [Fact]
    public void A_band_is_computed_by_the_model_from_what_came_before()
    {
        Bands bands = new();
        MetricQueries queries = new(_store.CloudWatch, _store.Clock, bands);
        GetMetricDataRequest request = new()
        {
            MetricDataQueries = [
                Math("band", "ANOMALY_DETECTION_BAND(m1, 3)"), Math("other", "LAST(ANOMALY_DETECTION_BAND(x))"), Query("m1", "A"),
                Query("x", "A")],
            StartTime = Start.AddMinutes(2),
            EndTime = Start.AddMinutes(4),
            ScanBy = ScanBy.TimestampAscending,
        };

        GetMetricDataResponse response = queries.GetMetricData(request);

        Assert.Equal(["band", "band", "other", "m1", "x"], response.MetricDataResults.Select(r => r.Id));
        Assert.Equal(["lower", "upper", "other", "A", "A"], response.MetricDataResults.Select(r => r.Label));
        Assert.Equal([[1], [7], [6], [4], [4]], response.MetricDataResults.Select(r => r.Values));
        Assert.Equal([3, 2], bands.Inputs.Select(i => i.Factor));
        Assert.Equal("[1, 2, -, 4]", Points.Show(bands.Inputs[0].History.Values.ToArray()));
        Assert.Single(bands.Inputs.Select(i => i.Key).Distinct());
    }

    [Theory]
    [InlineData("ANOMALY_DETECTION_BAND(m1, 0)",
        "Error in expression 'e' at position 0: the second argument of ANOMALY_DETECTION_BAND must be greater than 0")]
    [InlineData("ANOMALY_DETECTION_BAND(m1 + five)",
        "Error in expression 'e' at position 0: ANOMALY_DETECTION_BAND needs metrics of the same period")]
    [InlineData("ANOMALY_DETECTION_BAND(hours)",
        "Error in expression 'e' at position 0: ANOMALY_DETECTION_BAND needs a period of at most 3600 seconds")]
    [InlineData("ANOMALY_DETECTION_BAND(all)",
        "Error in expression 'e' at position 0: ANOMALY_DETECTION_BAND cannot be computed of METRICS, SEARCH or another band")]
    public void A_band_that_CloudWatch_refuses_is_refused(string expression, string message) => Assert.Equal(
        message, Fault(Math("e", expression), Query("m1", "A"), Query("five", "A", period: 300), Query("hours", "A", period: 7200),
            Math("all", "SUM([METRICS(\"m1\")])")));

    private string[] Labels(params MetricDataQuery[] queries) => [.. _store.Get(4, queries).Select(r => r.Label)];

    private string Fault(params MetricDataQuery[] queries)
    {
        CloudWatchException fault = Assert.Throws<CloudWatchException>(() => _store.Get(4, queries));
        Assert.Contains(fault.Code, new[] { "ValidationError", "InvalidParameterValue" });
        return fault.Message;
    }

    /// <summary>A band of the factor around the value.</summary>
    private sealed class Bands : IAnomalyBands
    {
        internal DateTimeOffset HistoryStart { get; init; } = Start;

        internal List<(string Key, double Factor, MetricSeries History)> Inputs { get; } = [];

        public AnomalyBand? Compute(BandInput input, double factor)
        {
            Inputs.Add((input.Key, factor, input.Read(HistoryStart.ToUnixTimeSeconds())));
            double[] points = input.Series.Points;
            return new AnomalyBand(
                input.Series.With([.. points.Select(v => v - factor)]), input.Series.With([.. points.Select(v => v + factor)]));
        }
    }
}
