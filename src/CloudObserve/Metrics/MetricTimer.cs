namespace CloudObserve.Metrics;

/// <summary>
/// Measures the duration from <see cref="MetricSeries.Time"/> to <see cref="Dispose"/>, and adds it to the series as one sample.
/// </summary>
/// <remarks>Use it with <c>using</c>. Each call of <see cref="Dispose"/> adds a sample, so dispose of it once.</remarks>
/// <threadsafety>Immutable; it may be disposed of on another thread than the one that started it.</threadsafety>
public readonly struct MetricTimer : IDisposable, IEquatable<MetricTimer>
{
    private readonly MetricSeries? _series;
    private readonly long _startTimestamp;

    internal MetricTimer(MetricSeries series, long startTimestamp)
    {
        _series = series;
        _startTimestamp = startTimestamp;
    }

    /// <summary>Determines whether two timers are the same measurement.</summary>
    /// <param name="left">A timer.</param>
    /// <param name="right">Another timer.</param>
    public static bool operator ==(MetricTimer left, MetricTimer right) => left.Equals(right);

    /// <summary>Determines whether two timers are different measurements.</summary>
    /// <param name="left">A timer.</param>
    /// <param name="right">Another timer.</param>
    public static bool operator !=(MetricTimer left, MetricTimer right) => !left.Equals(right);

    /// <summary>Ends the measurement and adds the duration to the series.</summary>
    public void Dispose() => _series?.PutElapsed(_startTimestamp);

    /// <inheritdoc/>
    public bool Equals(MetricTimer other) => _series == other._series && _startTimestamp == other._startTimestamp;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MetricTimer other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_series, _startTimestamp);
}
