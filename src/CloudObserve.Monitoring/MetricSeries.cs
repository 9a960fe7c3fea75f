using CloudObserve.Monitoring.Expressions;

namespace CloudObserve.Monitoring;

/// <summary>Represents a time series: one value, or no datapoint, for each period of a time range.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed class MetricSeries
{
    private readonly double[] _points;

    /// <summary>Initializes a new instance of the <see cref="MetricSeries"/> class.</summary>
    /// <param name="start">The start of the first period, in whole seconds.</param>
    /// <param name="period">The length of a period: at least one second, in whole seconds.</param>
    /// <param name="values">The value of each period; <see cref="double.NaN"/> for a period without a datapoint. They are copied.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="start"/> or <paramref name="period"/> is not in whole seconds,
    /// <paramref name="period"/> is shorter than a second, or a value is infinite.</exception>
    public MetricSeries(DateTimeOffset start, TimeSpan period, ReadOnlySpan<double> values)
        : this(GridOf(start, period, values.Length), Checked(values), "", null)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="MetricSeries"/> class that owns its points.</summary>
    internal MetricSeries(TimeGrid grid, double[] points, string label, SeriesSource? source)
    {
        _points = points;
        Grid = grid;
        Label = label;
        Source = source;
    }

    /// <summary>Gets the label.</summary>
    /// <value>The default is an empty text.</value>
    public string Label { get; init; }

    /// <summary>Gets the start of the first period.</summary>
    public DateTimeOffset Start => TimeOf(0);

    /// <summary>Gets the length of a period.</summary>
    /// <value>At least one second, in whole seconds.</value>
    public TimeSpan Period => TimeSpan.FromSeconds(Grid.Period);

    /// <summary>Gets the value of each period.</summary>
    /// <value>A finite number, or <see cref="double.NaN"/> for a period without a datapoint.</value>
    public ReadOnlySpan<double> Values => _points;

    /// <summary>Gets the periods of the values.</summary>
    internal TimeGrid Grid { get; }

    /// <summary>Gets the metric or group of metrics that the values come from.</summary>
    /// <value><see langword="null"/> if they are the result of a calculation.</value>
    internal SeriesSource? Source { get; }

    /// <summary>Gets the array of the values, which must not be changed.</summary>
    internal double[] Points => _points;

    /// <summary>Returns the start of a period.</summary>
    /// <param name="index">The index of the period in <see cref="Values"/>.</param>
    /// <returns>The start, in UTC.</returns>
    public DateTimeOffset TimeOf(int index) => DateTimeOffset.FromUnixTimeSeconds(Grid.TimeOf(index));

    /// <summary>Returns a series without datapoints.</summary>
    internal static MetricSeries Empty(TimeGrid grid) => Constant(grid, double.NaN);

    /// <summary>Returns a series with the same value in each period.</summary>
    internal static MetricSeries Constant(TimeGrid grid, double value)
    {
        double[] points = new double[grid.Count];
        Array.Fill(points, double.IsFinite(value) ? value : double.NaN);
        return new MetricSeries(grid, points, "", null);
    }

    /// <summary>Returns a series with other points and the same periods, label and source.</summary>
    internal MetricSeries With(double[] points) => new(Grid, points, Label, Source);

    /// <summary>Returns the series with another label.</summary>
    internal MetricSeries WithLabel(string label) => new(Grid, Points, label, Source);

    private static TimeGrid GridOf(DateTimeOffset start, TimeSpan period, int count)
    {
        if (start.UtcTicks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(start), start, "The start must be in whole seconds.");
        }

        if (period < TimeSpan.FromSeconds(1) || period.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(period), period, "The period must be at least one second, in whole seconds.");
        }

        if (count > 1 && (DateTimeOffset.MaxValue - start) / (count - 1) < period)
        {
            throw new ArgumentOutOfRangeException(nameof(period), period, "The last period must start before the year 10000.");
        }

        return new TimeGrid(start.ToUnixTimeSeconds(), period.Ticks / TimeSpan.TicksPerSecond, count);
    }

    private static double[] Checked(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            if (double.IsInfinity(value))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(values), value, "A value must be a finite number, or NaN for a period without a datapoint.");
            }
        }

        return values.ToArray();
    }
}
