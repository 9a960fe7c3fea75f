namespace CloudObserve.Monitoring.Expressions.Functions;

/// <summary>Implements <c>IF</c>, which chooses for each time one of two values.</summary>
/// <remarks>
/// The condition is false if it is 0. A time without a condition has no datapoint. CloudWatch: where the chosen value is a time series
/// without a datapoint, the result is 0; but after a scalar as the true value, a missing datapoint of the false value is missing in the
/// result too.
/// </remarks>
internal static class IfFunction
{
    private const MathType ScalarOrSeries = MathType.Scalar | MathType.Series;

    internal static MathFunction Instance { get; } = new(
        "IF",
        2,
        [MathParameter.Value(ScalarOrSeries), MathParameter.Value(ScalarOrSeries), MathParameter.Value(ScalarOrSeries)],
        static _ => MathType.Series,
        Evaluate)
    {
        Conflict = static types => types.Contains(MathType.Series) ? null : "needs a time series as the condition or as a value",
    };

    private static MathValue Evaluate(MathCall call) => MathValue.Of(call[0].Type == MathType.Scalar ? Whole(call) : EachTime(call));

    // A scalar condition chooses one of the values whole.
    private static MetricSeries Whole(MathCall call)
    {
        TimeGrid grid = call[1].Type == MathType.Series ? call[1].Series.Grid : call[2].Series.Grid;
        call.Context.Budget.Take(grid.Count);
        double condition = call[0].Scalar;
        if (double.IsNaN(condition) || (condition == 0 && call.Count < 3))
        {
            return MetricSeries.Empty(grid);
        }

        MathValue chosen = condition != 0 ? call[1] : call[2];
        return chosen.Type == MathType.Series ? chosen.Series : MetricSeries.Constant(grid, chosen.Scalar);
    }

    private static MetricSeries EachTime(MathCall call)
    {
        MetricSeries condition = call[0].Series;
        Operand whenTrue = new(call[1], condition.Grid);
        Operand whenFalse = new(call.Count > 2 ? call[2] : MathValue.Of(double.NaN), condition.Grid);
        bool fillsTrue = call[1].Type == MathType.Series;
        bool fillsFalse = fillsTrue && call.Count > 2 && call[2].Type == MathType.Series;
        double[] points = call.NewPoints(condition.Points.Length);
        for (int i = 0; i < points.Length; i++)
        {
            bool isTrue = condition.Points[i] != 0;
            double value = isTrue ? whenTrue[i] : whenFalse[i];
            bool fills = double.IsNaN(value) && (isTrue ? fillsTrue : fillsFalse);
            points[i] = double.IsNaN(condition.Points[i]) ? double.NaN : fills ? 0 : value;
        }

        return new MetricSeries(condition.Grid, points, "", null);
    }
}
