namespace CloudObserve.Monitoring.Expressions.Functions;

/// <summary>Contains the functions that combine each datapoint with those before it.</summary>
internal static class DifferenceFunctions
{
    internal static IEnumerable<MathFunction> All { get; } =
    [
        Create("DIFF", static (call, series) => Differences(call, series, static (value, _) => value)),
        Create("DIFF_TIME", static (call, series) => Differences(call, series, static (_, seconds) => seconds)),
        Create("RATE", static (call, series) => Differences(call, series, static (value, seconds) => value / seconds)),
        Create("RUNNING_SUM", RunningSum),
    ];

    private static MathFunction Create(string name, Func<MathCall, MetricSeries, double[]> change) =>
        new(name, 1, [MathParameter.Value(MathType.Series | MathType.Array)], static types => types[0], call => call.Map(change));

    // The difference is to the previous datapoint, also across a gap. The first datapoint has no difference.
    private static double[] Differences(MathCall call, MetricSeries series, Func<double, double, double> combine)
    {
        double[] points = call.NewPoints(series.Points.Length);
        int previous = -1;
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = double.NaN;
            if (double.IsNaN(series.Points[i]))
            {
                continue;
            }

            if (previous >= 0)
            {
                double value = combine(series.Points[i] - series.Points[previous], (i - previous) * series.Grid.Period);
                points[i] = double.IsFinite(value) ? value : double.NaN;
            }

            previous = i;
        }

        return points;
    }

    private static double[] RunningSum(MathCall call, MetricSeries series)
    {
        double[] points = call.NewPoints(series.Points.Length);
        double sum = 0;
        for (int i = 0; i < points.Length; i++)
        {
            bool isPoint = !double.IsNaN(series.Points[i]);
            sum += isPoint ? series.Points[i] : 0;
            points[i] = isPoint && double.IsFinite(sum) ? sum : double.NaN;
        }

        return points;
    }
}
