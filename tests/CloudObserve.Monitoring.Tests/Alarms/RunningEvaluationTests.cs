using CloudObserve.Monitoring.Alarms.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace CloudObserve.Monitoring.Tests.Alarms;

/// <summary>The evaluation of a moving window, against that of whole windows.</summary>
public sealed class RunningEvaluationTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_moving_window_has_the_evaluations_of_whole_windows()
    {
        var runs =
            from n in Gen.Choose(1, 12)
            from m in Gen.Choose(1, n)
            from treatment in Gen.Elements("missing", "ignore", "breaching", "notBreaching")
            from seconds in Gen.Elements(10, 60)
            from samples in Gen.Elements<int?>(null, 3)
            from length in Gen.Choose(1, 80)
            from values in Gen.Elements<double?>(null, 10, 100).ArrayOf(length)
            select (N: n, M: m, Treatment: treatment, Seconds: seconds, Samples: samples, Values: values);
        Prop.ForAll(runs.ToArbitrary(), run =>
        {
            AlarmPlan plan = AlarmPlan.Of(TestAlarms.Of(run.N, run.M, run.Treatment) with
            {
                Period = TimeSpan.FromSeconds(run.Seconds),
                MinimumSampleCount = run.Samples,
            });
            RunningEvaluation running = new(plan);
            List<AlarmDatapoint> window = [];
            AlarmState state = AlarmState.InsufficientData;
            for (int i = 0; i < run.Values.Length; i++)
            {
                AlarmDatapoint datapoint = new(Start.AddSeconds(i * run.Seconds), run.Values[i]) { SampleCount = 1 };
                window.Insert(0, datapoint);
                running.Add(datapoint);
                AlarmEvaluation expected = AlarmEvaluator.Evaluate(plan, window.ToArray(), state);

                Assert.Equal(expected, running.Evaluate(window.ToArray(), state));
                state = expected.State;
            }
        }).QuickCheckThrowOnFailure();
    }
}
