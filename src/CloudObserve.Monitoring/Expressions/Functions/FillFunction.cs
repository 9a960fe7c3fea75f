namespace CloudObserve.Monitoring.Expressions.Functions;

/// <summary>Implements <c>FILL</c>, which puts datapoints into the gaps of a time series.</summary>
internal static class FillFunction
{
    private const string Repeat = "REPEAT";
    private const string Linear = "LINEAR";

    internal static MathFunction Instance { get; } = new(
        "FILL",
        2,
        [MathParameter.Value(MathType.Series | MathType.Array), MathParameter.Value(MathType.Scalar | MathType.Series, Repeat, Linear)],
        static types => types[0],
        static call => call.Map(Fill));

    private static double[] Fill(MathCall call, MetricSeries series)
    {
        double[] points = call.NewPoints(series.Points.Length);
        series.Points.CopyTo(points, 0);
        if (call.Count == 1)
        {
            FillFromNeighbours(points, call.Literals[0] == Linear);
            return points;
        }

        Operand filler = new(call[1], series.Grid);
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = double.IsNaN(points[i]) ? filler[i] : points[i];
        }

        return points;
    }

    // A gap without a datapoint before it stays, and for LINEAR also one without a datapoint after it.
    private static void FillFromNeighbours(double[] points, bool isLinear)
    {
        int previous = -1;
        for (int i = 0; i < points.Length; i++)
        {
            if (!double.IsNaN(points[i]))
            {
                if (isLinear && previous >= 0)
                {
                    Interpolate(points, previous, i);
                }

                previous = i;
            }
            else if (!isLinear && previous >= 0)
            {
                points[i] = points[previous];
            }
        }
    }

    private static void Interpolate(double[] points, int from, int to)
    {
        for (int i = from + 1; i < to; i++)
        {
            double share = (double)(i - from) / (to - from);

            // Not the difference times the share, which overflows between the largest numbers.
            points[i] = (points[from] * (1 - share)) + (points[to] * share);
        }
    }
}
