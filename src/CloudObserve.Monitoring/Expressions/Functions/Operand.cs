namespace CloudObserve.Monitoring.Expressions.Functions;

/// <summary>Reads a scalar or a time series at the periods of a grid.</summary>
internal readonly struct Operand
{
    private readonly double _scalar;
    private readonly double[]? _points;

    /// <summary>Initializes a new instance of the <see cref="Operand"/> struct.</summary>
    internal Operand(MathValue value, TimeGrid grid)
    {
        _scalar = value.Scalar;
        _points = value.Type == MathType.Series ? PointsOn(value.Series, grid) : null;
    }

    /// <summary>Gets the value in a period; <see cref="double.NaN"/> if there is none.</summary>
    internal double this[int index] => _points is null ? _scalar : _points[index];

    /// <summary>Returns the points of a series on another grid, where a period without an equal start in the series has none.</summary>
    internal static double[] PointsOn(MetricSeries series, TimeGrid grid)
    {
        if (series.Grid == grid)
        {
            return series.Points;
        }

        double[] points = new double[grid.Count];
        for (int i = 0; i < points.Length; i++)
        {
            int index = series.Grid.IndexOf(grid.TimeOf(i));
            points[i] = index < 0 ? double.NaN : series.Points[index];
        }

        return points;
    }
}
