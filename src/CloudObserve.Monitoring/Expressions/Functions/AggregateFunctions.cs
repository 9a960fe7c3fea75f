namespace CloudObserve.Monitoring.Expressions.Functions;

/// <summary>
/// Contains the functions that make a scalar of a time series, and a time series of an array: there they combine the datapoints of each
/// time.
/// </summary>
internal static class AggregateFunctions
{
    internal static IEnumerable<MathFunction> All { get; } =
    [
        Create("AVG", Average, static (call, array) => Combine(call, array, static (sum, value) => sum + value, array.Length)),
        Create("SUM", Sum, static (call, array) => Combine(call, array, static (sum, value) => sum + value, 1)),
        Create("MIN", Minimum, static (call, array) => Combine(call, array, Math.Min, 1)),
        Create("MAX", Maximum, static (call, array) => Combine(call, array, Math.Max, 1)),
        Create(
            "DATAPOINT_COUNT",
            static series => Count(series),
            static (call, array) => Combine(call, array, static (count, _) => count + 1, 1, first: 1)),
        Create("STDDEV", Deviation, Deviations),
    ];

    /// <summary>Computes the average of a time series, in which a period without a datapoint counts as 0.</summary>
    internal static double Average(MetricSeries series) => Sum(series) / series.Points.Length;

    internal static double Sum(MetricSeries series)
    {
        double sum = 0;
        foreach (double value in series.Points)
        {
            sum += double.IsNaN(value) ? 0 : value;
        }

        return sum;
    }

    internal static double Minimum(MetricSeries series)
    {
        double minimum = double.PositiveInfinity;
        foreach (double value in series.Points)
        {
            minimum = value < minimum ? value : minimum;
        }

        return minimum;
    }

    internal static double Maximum(MetricSeries series)
    {
        double maximum = double.NegativeInfinity;
        foreach (double value in series.Points)
        {
            maximum = value > maximum ? value : maximum;
        }

        return maximum;
    }

    internal static int Count(MetricSeries series)
    {
        int count = 0;
        foreach (double value in series.Points)
        {
            count += double.IsNaN(value) ? 0 : 1;
        }

        return count;
    }

    private static MathFunction Create(
        string name, Func<MetricSeries, double> ofSeries, Func<MathCall, MetricSeries[], MetricSeries> ofArray) => new(
        name,
        1,
        [MathParameter.Value(MathType.Series | MathType.Array)],
        static types => types[0] == MathType.Array ? MathType.Series : MathType.Scalar,
        call => call[0].Type == MathType.Array ? MathValue.Of(ofArray(call, call[0].Array)) : MathValue.Of(ofSeries(call[0].Series)));

    // The standard deviation of the whole population, from the datapoints alone. Welford's method does not lose precision when the values
    // are large and near each other, and gives exactly 0 when they are equal.
    private static double Deviation(MetricSeries series)
    {
        (int count, double mean, double squares) = (0, 0, 0);
        foreach (double value in series.Points)
        {
            if (!double.IsNaN(value))
            {
                double delta = value - mean;
                mean += delta / ++count;
                squares += delta * (value - mean);
            }
        }

        return Math.Sqrt(squares / count);
    }

    // A time at which no series has a datapoint has none in the result. A time begins with its first datapoint, or with a given value.
    private static MetricSeries Combine(
        MathCall call, MetricSeries[] array, Func<double, double, double> combine, int divisor, double? first = null)
    {
        MetricSeries result = MetricSeries.Empty(UnionOf(call, array));
        double[] points = result.Points;
        foreach (MetricSeries series in array)
        {
            (int offset, int step) = PlaceOf(series.Grid, result.Grid);
            for (int i = 0; i < series.Points.Length; i++)
            {
                ref double point = ref points[offset + (i * step)];
                double value = series.Points[i];
                point = double.IsNaN(value) ? point : double.IsNaN(point) ? first ?? value : combine(point, value);
            }
        }

        for (int i = 0; i < points.Length; i++)
        {
            points[i] = double.IsFinite(points[i]) ? points[i] / divisor : double.NaN;
        }

        return result;
    }

    private static MetricSeries Deviations(MathCall call, MetricSeries[] array)
    {
        MetricSeries result = MetricSeries.Empty(UnionOf(call, array));
        int length = result.Points.Length;
        (int[] counts, double[] means, double[] squares) = (new int[length], call.NewPoints(length), call.NewPoints(length));
        foreach (MetricSeries series in array)
        {
            (int offset, int step) = PlaceOf(series.Grid, result.Grid);
            for (int i = 0; i < series.Points.Length; i++)
            {
                double value = series.Points[i];
                if (!double.IsNaN(value))
                {
                    int at = offset + (i * step);
                    double delta = value - means[at];
                    means[at] += delta / ++counts[at];
                    squares[at] += delta * (value - means[at]);
                }
            }
        }

        for (int i = 0; i < length; i++)
        {
            double deviation = Math.Sqrt(squares[i] / counts[i]);
            result.Points[i] = double.IsFinite(deviation) ? deviation : double.NaN;
        }

        return result;
    }

    private static TimeGrid UnionOf(MathCall call, MetricSeries[] array)
    {
        TimeGrid grid = array.Length == 0 ? call.Context.Grid : array[0].Grid;
        foreach (MetricSeries series in array)
        {
            grid = TimeGrid.Union(grid, series.Grid);
        }

        call.Context.Budget.Take(grid.Count + array.Sum(static series => (long)series.Points.Length));
        return grid;
    }

    // The place of a series' first period in a grid that has all its periods, and the distance of its periods there.
    private static (int Offset, int Step) PlaceOf(TimeGrid series, TimeGrid grid) =>
        series.Count == 0 ? (0, 1) : ((int)((series.Start - grid.Start) / grid.Period), (int)(series.Period / grid.Period));
}
