using CloudObserve.Monitoring.Alarms.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>The evaluation of metric alarms.</summary>
public sealed class AlarmEvaluatorTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly string[] Treatments = ["missing", "ignore", "breaching", "notBreaching"];

    [Fact]
    public void The_evaluator_agrees_with_a_slow_one_on_any_window()
    {
        var windows =
            from n in Gen.Choose(1, 8)
            from m in Gen.Choose(1, n)
            from treatment in Gen.Elements(Treatments)
            from before in Gen.Elements(Enum.GetValues<AlarmState>())
            from periods in Gen.Elements<double?>(null, null, 10, 100).ArrayOf(n + 2)
            select (n, m, treatment, before, periods);

        Prop.ForAll(windows.ToArbitrary(), w =>
        {
            AlarmPlan plan = AlarmPlan.Of(TestAlarms.Of(w.n, w.m, w.treatment));
            AlarmState expected = ReferenceEvaluator.Evaluate(
                w.n, w.m, w.treatment, [.. w.periods.Select(v => v is null ? (bool?)null : v > 50)], w.before);
            return AlarmEvaluator.Evaluate(plan, Window(w.periods), w.before).State == expected;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000).WithReplay(20260301, 1));
    }

    [Fact]
    public void A_backtest_agrees_with_a_slow_one_on_any_series()
    {
        var runs =
            from n in Gen.Choose(1, 5)
            from m in Gen.Choose(1, n)
            from treatment in Gen.Elements(Treatments)
            from length in Gen.Choose(1, 60)
            from values in Gen.Elements<double?>(null, null, 10, 100).ArrayOf(length)
            select (n, m, treatment, values);

        Prop.ForAll(runs.ToArbitrary(), run =>
        {
            AlarmDefinition definition = TestAlarms.Of(run.n, run.m, run.treatment);
            AlarmDatapoint[] datapoints =
                [.. run.values.Select((v, i) => new AlarmDatapoint(Start.AddMinutes(i), v)).Where(d => d.Value is not null)];
            DateTimeOffset end = Start.AddMinutes(run.values.Length);
            AlarmState[] found = [.. AlarmBacktest.Evaluate(definition, datapoints, Start.AddMinutes(1), end).Select(s => s.State)];
            AlarmState state = AlarmState.InsufficientData;
            for (int t = 0; t < run.values.Length; t++)
            {
                bool?[] window =
                    [.. Enumerable.Range(0, run.n + 2).Select(age => t - age >= 0 && run.values[t - age] is { } v ? v > 50 : (bool?)null)];
                state = ReferenceEvaluator.Evaluate(run.n, run.m, run.treatment, window, state);
                Assert.Equal(state, found[t]);
            }

            Assert.Equal(run.values.Length, found.Length);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(20260301, 1));
    }

    [Theory]
    [InlineData("GreaterThanThreshold", 50, false, 50.1, true)]
    [InlineData("GreaterThanOrEqualToThreshold", 49.9, false, 50, true)]
    [InlineData("LessThanThreshold", 50, false, 49.9, true)]
    [InlineData("LessThanOrEqualToThreshold", 50.1, false, 50, true)]
    public void A_value_is_compared_as_the_operator_says(
        string comparison, double first, bool firstBreaches, double second, bool secondBreaches)
    {
        AlarmPlan plan = AlarmPlan.Of(TestAlarms.Of(1) with { ComparisonOperator = comparison });

        Assert.Equal(firstBreaches, plan.IsBreaching(new AlarmDatapoint(Start, first)));
        Assert.Equal(secondBreaches, plan.IsBreaching(new AlarmDatapoint(Start, second)));
    }

    [Theory]
    [InlineData("GreaterThanUpperThreshold", 21, AlarmState.Alarm)]
    [InlineData("GreaterThanUpperThreshold", 9, AlarmState.Ok)]
    [InlineData("LessThanLowerThreshold", 21, AlarmState.Ok)]
    [InlineData("LessThanLowerThreshold", 9, AlarmState.Alarm)]
    [InlineData("LessThanLowerOrGreaterThanUpperThreshold", 21, AlarmState.Alarm)]
    [InlineData("LessThanLowerOrGreaterThanUpperThreshold", 9, AlarmState.Alarm)]
    [InlineData("LessThanLowerOrGreaterThanUpperThreshold", 20, AlarmState.Ok)]
    public void A_value_is_compared_with_the_edges_of_the_band(string comparison, double value, AlarmState expected)
    {
        AlarmPlan plan = AlarmPlan.Of(TestAlarms.Band(comparison));
        AlarmDatapoint inside = new(Start, 15) { LowerThreshold = 10, UpperThreshold = 20 };

        Assert.Equal(
            expected, AlarmEvaluator.Evaluate(plan, [inside with { Value = value }, inside, inside], AlarmState.InsufficientData).State);
    }

    [Fact]
    public void A_datapoint_without_a_band_counts_as_missing()
    {
        AlarmPlan plan = AlarmPlan.Of(TestAlarms.Band("GreaterThanUpperThreshold"));
        AlarmDatapoint untrained = new(Start, 1000);

        AlarmEvaluation evaluation = AlarmEvaluator.Evaluate(plan, [untrained, untrained, untrained, untrained], AlarmState.Ok);

        Assert.Equal((AlarmState.InsufficientData, 0, 2), (evaluation.State, evaluation.Present, evaluation.Filled));
    }

    [Theory]
    [InlineData("p90", 99, true)]
    [InlineData("p90", 100, false)]
    [InlineData("p99", 999, true)]
    [InlineData("p99", 1000, false)]
    [InlineData("p99.9", 9999, true)]
    [InlineData("p99.9", 10000, false)]
    [InlineData("p50", 19, true)]
    [InlineData("p50", 20, false)]
    [InlineData("p10", 99, true)]
    [InlineData("p10", 100, false)]
    [InlineData("p100", 1, false)]
    public void A_percentile_of_few_samples_keeps_the_state_if_the_alarm_says_so(string percentile, double samples, bool keeps)
    {
        AlarmDefinition definition = TestAlarms.Of(1) with
        {
            Statistic = null,
            ExtendedStatistic = percentile,
            EvaluateLowSampleCountPercentile = "ignore",
        };
        AlarmDatapoint datapoint = new(Start, 100) { SampleCount = samples };

        AlarmState Evaluate(AlarmDefinition of) => AlarmEvaluator.Evaluate(AlarmPlan.Of(of), [datapoint], AlarmState.Ok).State;

        Assert.Equal(keeps ? AlarmState.Ok : AlarmState.Alarm, Evaluate(definition));
        Assert.Equal(AlarmState.Alarm, Evaluate(definition with { EvaluateLowSampleCountPercentile = "evaluate" }));
    }

    [Fact]
    public void Too_few_samples_keep_the_state_but_no_data_is_treated_as_missing()
    {
        AlarmPlan plan = AlarmPlan.Of(TestAlarms.Of(2, 2) with { MinimumSampleCount = 10 });
        AlarmDatapoint few = new(Start, 100) { SampleCount = 4 };

        Assert.True(AlarmEvaluator.Evaluate(plan, [few, few], AlarmState.Ok).HasTooFewSamples);
        Assert.Equal(AlarmState.Alarm, AlarmEvaluator.Evaluate(plan, [few, few with { SampleCount = 6 }], AlarmState.Ok).State);
        Assert.Equal(AlarmState.InsufficientData, AlarmEvaluator.Evaluate(plan, [], AlarmState.Ok).State);
    }

    [Theory]
    [InlineData(10, 3, 9, 10)]
    [InlineData(20, 3, 6, 10)]
    [InlineData(30, 3, 5, 10)]
    [InlineData(60, 3, 5, 60)]
    [InlineData(300, 1, 3, 60)]
    [InlineData(3600, 24, 26, 60)]
    [InlineData(3600, 25, 27, 3600)]
    [InlineData(86400, 7, 9, 3600)]
    public void Range_and_cadence_follow_from_period_and_number(int period, int periods, int range, int cadence)
    {
        AlarmPlan plan = AlarmPlan.Of(TestAlarms.Of(periods) with { Period = TimeSpan.FromSeconds(period) });

        Assert.Equal((range, TimeSpan.FromSeconds(cadence)), (plan.EvaluationRange, plan.Cadence));
    }

    [Theory]
    [InlineData(10, "10:00:19", "10:00:00")]
    [InlineData(10, "10:00:20", "10:00:10")]
    [InlineData(60, "10:01:09", "10:00:00")]
    [InlineData(60, "10:01:10", "10:01:00")]
    [InlineData(300, "10:03:10", "10:03:00")]
    public void The_newest_period_of_a_metric_has_ended_10_seconds_before(int period, string now, string end)
    {
        AlarmPlan plan = AlarmPlan.Of(TestAlarms.Of(1) with { Period = TimeSpan.FromSeconds(period) });
        DateTimeOffset day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(day + TimeSpan.Parse(end), plan.NewestEnd(day + TimeSpan.Parse(now)));
    }

    [Fact]
    public void The_periods_of_a_window_of_more_than_a_day_end_at_full_hours()
    {
        AlarmPlan plan = AlarmPlan.Of(TestAlarms.Of(2) with { Period = TimeSpan.FromDays(1) });

        Assert.Equal(Start, plan.NewestEnd(Start.AddMinutes(59)));
    }

    [Fact]
    public void An_evaluation_that_changes_nothing_allocates_nothing()
    {
        AlarmPlan[] plans = [.. Treatments.Select(treatment => AlarmPlan.Of(TestAlarms.Of(3, 2, treatment)))];
        AlarmDatapoint[] window = Window([10, null, 100, 20, null]);
        AlarmState state = AlarmState.Ok;
        _ = EvaluateAll();

        long before = GC.GetAllocatedBytesForCurrentThread();
        int evaluations = EvaluateAll();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal((10_000, 0), (evaluations, allocated));
        Assert.Equal(AlarmState.Ok, state);

        int EvaluateAll()
        {
            int count = 0;
            for (; count < 10_000; count++)
            {
                state = AlarmEvaluator.Evaluate(plans[count % plans.Length], window, state).State;
            }

            return count;
        }
    }

    private static AlarmDatapoint[] Window(double?[] newestFirst) =>
        [.. newestFirst.Select((value, age) => new AlarmDatapoint(Start.AddMinutes(-age), value))];
}
