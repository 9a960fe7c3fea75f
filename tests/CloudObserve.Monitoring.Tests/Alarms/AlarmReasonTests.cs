using System.Text.Json.Nodes;
using CloudObserve.Monitoring.Alarms;
using CloudObserve.Monitoring.Alarms.Evaluation;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>The reasons of states. The forms are those of CloudWatch's messages.</summary>
public sealed class AlarmReasonTests
{
    private static readonly DateTimeOffset Newest = new(2026, 11, 20, 7, 14, 0, TimeSpan.Zero);

    public static TheoryData<int, int?, string?, string, double[]> Reasons => new()
    {
        {
            1, null, null,
            "Threshold Crossed: 1 datapoint [51.5 (20/11/26 07:14:00)] was greater than the threshold (50.0).",
            [51.5]
        },
        {
            3, null, null,
            "Threshold Crossed: 3 datapoints [90.0 (20/11/26 07:14:00), 80.0 (20/11/26 07:13:00), 70.0 (20/11/26 "
            + "07:12:00)] were greater than the threshold (50.0).",
            [90.0, 80.0, 70.0]
        },
        {
            3, 2, null,
            "Threshold Crossed: 2 out of the last 3 datapoints [100.0 (20/11/26 07:14:00), 90.0 (20/11/26 07:12:00)] "
            + "were greater than the threshold (50.0) (minimum 2 datapoints for OK -> ALARM transition).",
            [100.0, 7.0, 90.0]
        },
        {
            3, 3, null,
            "Threshold Crossed: 1 out of the last 3 datapoints [7.0 (20/11/26 07:14:00)] was not greater than the "
            + "threshold (50.0) (minimum 1 datapoint for ALARM -> OK transition).",
            [7.0, 100.0, 90.0]
        },
        {
            3, 2, "breaching",
            "Threshold Crossed: 2 out of the last 3 datapoints [8.0 (20/11/26 07:14:00), 7.0 (20/11/26 07:13:00)] were "
            + "not greater than the threshold (50.0) and 1 missing datapoint was treated as [Breaching] (minimum 2 "
            + "datapoints for ALARM -> OK transition).",
            [8.0, 7.0]
        },
        {
            20, 1, "notBreaching",
            "Threshold Crossed: 1 out of the last 20 datapoints [613.0 (20/11/26 07:14:00)] was greater than the "
            + "threshold (50.0) and 19 missing datapoints were treated as [NonBreaching] (minimum 1 datapoint for OK -> "
            + "ALARM transition).",
            [613.0]
        },
        {
            2, null, "breaching",
            "Threshold Crossed: 1 datapoint [99.0 (20/11/26 07:14:00)] was greater than the threshold (50.0) and 1 "
            + "missing datapoint was treated as [Breaching].",
            [99.0]
        },
        {
            3, 2, "breaching",
            "Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as "
            + "[Breaching].",
            [7.0]
        },
        {
            3, null, "breaching",
            "Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as "
            + "[Breaching].",
            []
        },
        {
            1, 1, "notBreaching",
            "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as "
            + "[NonBreaching].",
            []
        },
        {
            3, null, "missing",
            "Insufficient Data: 3 datapoints were unknown.",
            []
        },
        {
            1, null, null,
            "Insufficient Data: 1 datapoint was unknown.",
            []
        },
        {
            6, null, null,
            "Threshold Crossed: 6 datapoints were greater than the threshold (50.0). The most recent datapoints which "
            + "crossed the threshold: [91.0 (20/11/26 07:14:00), 92.0 (20/11/26 07:13:00), 93.0 (20/11/26 07:12:00), "
            + "94.0 (20/11/26 07:11:00), 95.0 (20/11/26 07:10:00)].",
            [91, 92, 93, 94, 95, 96]
        },
        {
            5, 5, null,
            "Threshold Crossed: 5 out of the last 5 datapoints were greater than the threshold (50.0). The most recent "
            + "datapoints which crossed the threshold: [91.0 (20/11/26 07:14:00), 92.0 (20/11/26 07:13:00), 93.0 "
            + "(20/11/26 07:12:00), 94.0 (20/11/26 07:11:00), 95.0 (20/11/26 07:10:00)] (minimum 5 datapoints for OK -> "
            + "ALARM transition).",
            [91, 92, 93, 94, 95]
        },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_reason_has_CloudWatchs_form(int n, int? m, string? treatment, string expected, double[] newestFirst) =>
        Assert.Equal(expected, AlarmReason.Write(Evaluated(TestAlarms.Of(n, m, treatment), newestFirst)));

    [Theory]
    [InlineData("GreaterThanOrEqualToThreshold", 50, "was greater than or equal to the threshold (50.0)")]
    [InlineData("LessThanThreshold", 50, "was not less than the threshold (50.0)")]
    [InlineData("LessThanOrEqualToThreshold", 50, "was less than or equal to the threshold (50.0)")]
    public void A_comparison_has_CloudWatchs_words(string comparison, double value, string expected) =>
        Assert.Contains(
            expected,
            AlarmReason.Write(Evaluated(TestAlarms.Of(1) with { ComparisonOperator = comparison }, [value])),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("GreaterThanUpperThreshold", 239.0,
        "Thresholds Crossed: 1 out of the last 2 datapoints [239.0 (20/11/26 07:14:00)] was greater than the upper thresholds [225.5] (minimum 1 datapoint for OK -> ALARM transition).")]
    [InlineData("LessThanLowerOrGreaterThanUpperThreshold", 0.0,
        "Thresholds Crossed: 1 out of the last 2 datapoints [0.0 (20/11/26 07:14:00)] was less than the lower thresholds [20.25] or greater than the upper thresholds [225.5] (minimum 1 datapoint for OK -> ALARM transition).")]
    [InlineData("LessThanLowerOrGreaterThanUpperThreshold", 30.0,
        "Thresholds Crossed: 2 out of the last 2 datapoints [30.0 (20/11/26 07:14:00), 100.0 (20/11/26 07:13:00)] were not less than the lower thresholds [20.25, 20.25] or not greater than the upper thresholds [225.5, 225.5] (minimum 2 datapoints for ALARM -> OK transition).")]
    public void The_reason_of_a_band_names_its_edges(string comparison, double newest, string expected)
    {
        EvaluatedWindow evaluated = Evaluated(TestAlarms.Band(comparison), [newest, 100], (20.25, 225.5));

        Assert.Equal(expected, AlarmReason.Write(evaluated));
    }

    [Fact]
    public void Reason_data_has_CloudWatchs_form()
    {
        AlarmPlan plan = AlarmPlan.Of(TestAlarms.Of(3, 2) with { Unit = "Count" });
        AlarmDatapoint[] window =
        [
            new(Newest, 100) { SampleCount = 2 }, new(Newest.AddMinutes(-1), null), new(Newest.AddMinutes(-2), 90) { SampleCount = 1 },
            new(Newest.AddMinutes(-3), 5) { SampleCount = 1 }, new(Newest.AddMinutes(-4), 6),
        ];
        EvaluatedWindow evaluated = new(plan, window, AlarmEvaluator.Evaluate(plan, window, AlarmState.Ok));

        Assert.Equal(
            """{"version":"1.0","queryDate":"2026-11-20T07:15:21.120+0000","startDate":"2026-11-20T07:11:00.000+0000","unit":"Count","statistic":"Average","period":60,"recentDatapoints":[5.0,90.0,null,100.0],"threshold":50.0,"evaluatedDatapoints":[{"timestamp":"2026-11-20T07:14:00.000+0000","sampleCount":2.0,"value":100.0},{"timestamp":"2026-11-20T07:12:00.000+0000","sampleCount":1.0,"value":90.0}]}""",
            AlarmReasonData.Write(evaluated, new DateTimeOffset(2026, 11, 20, 7, 15, 21, 120, TimeSpan.Zero)));
    }

    [Fact]
    public void Reason_data_of_a_band_has_its_edges_instead_of_a_threshold()
    {
        EvaluatedWindow evaluated = Evaluated(TestAlarms.Band("GreaterThanUpperThreshold"), [239, 100], (20, 225.5));
        JsonNode data = JsonNode.Parse(AlarmReasonData.Write(evaluated, Newest))!;

        Assert.Equal("[225.5,225.5]", data["recentUpperThresholds"]!.ToJsonString());
        Assert.Equal("225.5", data["evaluatedDatapoints"]![0]!["threshold"]!.ToJsonString());
        Assert.Null(data["threshold"]);
        Assert.Null(data["statistic"]);
        Assert.Null(data["recentLowerThresholds"]);
    }

    [Fact]
    public void Reason_data_of_many_datapoints_has_the_newest_in_4000_characters()
    {
        AlarmDefinition definition = TestAlarms.Of(1440);
        string text = AlarmReasonData.Write(Evaluated(definition, [.. Enumerable.Range(100, 1440).Select(i => (double)i)]), Newest);
        JsonNode data = JsonNode.Parse(text)!;

        Assert.InRange(text.Length, 3000, 4000);
        Assert.Equal("2026-11-20T07:14:00.000+0000", data["evaluatedDatapoints"]![0]!["timestamp"]!.GetValue<string>());
        Assert.Equal("100.0", data["recentDatapoints"]!.AsArray()[^1]!.ToJsonString());
        Assert.Equal("2026-11-19T07:15:00.000+0000", data["startDate"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(0, "0.0")]
    [InlineData(1, "1.0")]
    [InlineData(-21.5, "-21.5")]
    [InlineData(100, "100.0")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.000125, "1.25E-4")]
    [InlineData(9999999, "9999999.0")]
    [InlineData(10000000, "1.0E7")]
    [InlineData(90000000000, "9.0E10")]
    [InlineData(1.5e300, "1.5E300")]
    [InlineData(0.46522264287069004, "0.46522264287069004")]
    [InlineData(double.Epsilon, "5.0E-324")]
    [InlineData(1234567.125, "1234567.125")]
    public void Numbers_have_a_fraction_and_an_exponent_where_they_are_large_or_small(double number, string expected) =>
        Assert.Equal(expected, JavaNumbers.Format(number));

    [Fact]
    public void A_formatted_number_reads_back_as_the_same_number()
    {
        Random random = new(1);
        for (int i = 0; i < 100_000; i++)
        {
            double number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(number))
            {
                Assert.Equal(number, double.Parse(JavaNumbers.Format(number), System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    private static EvaluatedWindow Evaluated(AlarmDefinition definition, double[] newestFirst, (double Lower, double Upper)? band = null)
    {
        AlarmPlan plan = AlarmPlan.Of(definition);
        AlarmDatapoint[] window = [.. Enumerable.Range(0, plan.EvaluationRange).Select(age =>
            new AlarmDatapoint(Newest.AddMinutes(-age), age < newestFirst.Length ? newestFirst[age] : null)
            {
                LowerThreshold = band?.Lower,
                UpperThreshold = band?.Upper,
            })];
        return new EvaluatedWindow(plan, window, AlarmEvaluator.Evaluate(plan, window, AlarmState.InsufficientData));
    }
}
