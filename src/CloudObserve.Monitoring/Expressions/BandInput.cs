namespace CloudObserve.Monitoring.Expressions;

/// <summary>Provides the time series that a band is computed for.</summary>
/// <param name="key">The metrics, statistics, periods and expression of the series: what a model learns is valid for the same key.</param>
/// <param name="series">The time series in the requested range.</param>
/// <param name="read">Reads the series from an earlier time on.</param>
internal sealed class BandInput(string key, MetricSeries series, Func<long, MetricSeries> read)
{
    /// <summary>Gets the text that identifies the series, whatever the requested range is.</summary>
    internal string Key => key;

    /// <summary>Gets the time series in the requested range.</summary>
    internal MetricSeries Series => series;

    /// <summary>Reads the time series from an earlier time to the end of the requested range, to learn from.</summary>
    /// <param name="from">The first time in seconds since 1970-01-01 UTC. It is rounded to the periods of the series.</param>
    /// <returns>The series with the same period. If there is no earlier data, it may begin later.</returns>
    internal MetricSeries Read(long from) => from >= series.Grid.Start ? series : read(from);
}
