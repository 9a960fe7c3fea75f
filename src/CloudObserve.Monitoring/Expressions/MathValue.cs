namespace CloudObserve.Monitoring.Expressions;

/// <summary>Represents a scalar, a time series or an array of time series.</summary>
internal readonly struct MathValue
{
    // A scalar if null, or else a series or an array of series.
    private readonly object? _series;

    private MathValue(double scalar, object? series)
    {
        Scalar = scalar;
        _series = series;
    }

    /// <summary>Gets the scalar.</summary>
    /// <value><see cref="double.NaN"/> if it has no value, such as after a division by zero.</value>
    internal double Scalar { get; }

    /// <summary>Gets the type.</summary>
    internal MathType Type => _series switch
    {
        null => MathType.Scalar,
        MetricSeries => MathType.Series,
        _ => MathType.Array,
    };

    /// <summary>Gets the time series.</summary>
    internal MetricSeries Series => (MetricSeries)_series!;

    /// <summary>Gets the array of time series.</summary>
    internal MetricSeries[] Array => (MetricSeries[])_series!;

    internal static MathValue Of(double scalar) => new(double.IsFinite(scalar) ? scalar : double.NaN, null);

    internal static MathValue Of(MetricSeries series) => new(0, series);

    internal static MathValue Of(MetricSeries[] array) => new(0, array);
}
