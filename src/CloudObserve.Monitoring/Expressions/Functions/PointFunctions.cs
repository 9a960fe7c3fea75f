namespace CloudObserve.Monitoring.Expressions.Functions;

/// <summary>Contains the functions that change each datapoint by itself.</summary>
internal static class PointFunctions
{
    internal static IEnumerable<MathFunction> All { get; } =
    [
        Create("ABS", Math.Abs),
        Create("CEIL", Math.Ceiling),
        Create("FLOOR", Math.Floor),
        Create("LOG", Math.Log),
        Create("LOG10", Math.Log10),
    ];

    private static MathFunction Create(string name, Func<double, double> change) => new(
        name,
        1,
        [MathParameter.Value(MathType.Series | MathType.Array)],
        static types => types[0],
        call => call.Map((_, series) => Apply(call, series, change)));

    // A value that is not a finite number, such as the logarithm of zero, is no datapoint.
    private static double[] Apply(MathCall call, MetricSeries series, Func<double, double> change)
    {
        double[] points = call.NewPoints(series.Points.Length);
        for (int i = 0; i < points.Length; i++)
        {
            double value = change(series.Points[i]);
            points[i] = double.IsFinite(value) ? value : double.NaN;
        }

        return points;
    }
}
