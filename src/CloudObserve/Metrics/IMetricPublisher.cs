namespace CloudObserve.Metrics;

/// <summary>Publishes metrics. What is put is aggregated per series and period in memory and sent in the background.</summary>
/// <remarks>
/// <para>Nothing here throws into the application or waits: a sample that breaks a rule of CloudWatch is counted as lost under its own reason,
/// reported once per name, and visible in health. Only <c>Series</c>, which runs once at start, throws.</para>
/// <para>Dimensions are a set: their order does not matter. CloudWatch never sums over dimensions; configure roll-ups for that.</para>
/// </remarks>
/// <threadsafety>Safe for concurrent use. A sample of a known series takes no lock and allocates nothing.</threadsafety>
public interface IMetricPublisher
{
    /// <summary>Adds a sample to the open period of a series.</summary>
    /// <param name="name">The metric's name, 1 to 255 characters.</param>
    /// <param name="value">The sample: finite and within -2^360 to 2^360.</param>
    /// <param name="unit">The unit. <see cref="MetricUnit.None"/> takes the unit configured for the metric, if one is.</param>
    /// <param name="dimensions">Up to 30 dimensions, the default ones included.</param>
    void Put(string name, double value, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions);

    /// <summary>Adds a sample in the unit that is configured for the metric, or else without a unit, to the open period of a series.</summary>
    /// <param name="name">The metric's name, 1 to 255 characters.</param>
    /// <param name="value">The sample: finite and within -2^360 to 2^360.</param>
    /// <param name="dimensions">Up to 30 dimensions, the default ones included.</param>
    void Put(string name, double value, params ReadOnlySpan<MetricDimension> dimensions);

    /// <summary>Adds a sample to the period that holds a given time: for data that comes late.</summary>
    /// <param name="timestamp">When the sample was taken: at most two weeks ago and two hours ahead, which is what CloudWatch accepts.</param>
    /// <param name="name">The metric's name, 1 to 255 characters.</param>
    /// <param name="value">The sample: finite and within -2^360 to 2^360.</param>
    /// <param name="unit">The unit. <see cref="MetricUnit.None"/> takes the unit configured for the metric, if one is.</param>
    /// <param name="dimensions">Up to 30 dimensions, the default ones included.</param>
    void PutAt(DateTimeOffset timestamp, string name, double value, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions);

    /// <summary>Adds a sample in the unit that is configured for the metric, or else without a unit, to the period that holds a given time.</summary>
    /// <param name="timestamp">When the sample was taken: at most two weeks ago and two hours ahead, which is what CloudWatch accepts.</param>
    /// <param name="name">The metric's name, 1 to 255 characters.</param>
    /// <param name="value">The sample: finite and within -2^360 to 2^360.</param>
    /// <param name="dimensions">Up to 30 dimensions, the default ones included.</param>
    void PutAt(DateTimeOffset timestamp, string name, double value, params ReadOnlySpan<MetricDimension> dimensions);

    /// <summary>Binds a series once, so that putting a sample costs no look-up.</summary>
    /// <param name="name">The metric's name, 1 to 255 characters.</param>
    /// <param name="unit">The unit. <see cref="MetricUnit.None"/> takes the unit configured for the metric, if one is.</param>
    /// <param name="dimensions">Up to 30 dimensions, the default ones included.</param>
    /// <returns>A handle to the series. Keep it; binding again gives another handle to the same series.</returns>
    /// <exception cref="ArgumentException">The name, the unit or a dimension breaks a rule of CloudWatch; the message names the rule.</exception>
    MetricSeries Series(string name, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions);

    /// <summary>Binds a series in the unit that is configured for the metric, or else without a unit, so that putting a sample costs no look-up.</summary>
    /// <param name="name">The metric's name, 1 to 255 characters.</param>
    /// <param name="dimensions">Up to 30 dimensions, the default ones included.</param>
    /// <returns>A handle to the series. Keep it; binding again gives another handle to the same series.</returns>
    /// <exception cref="ArgumentException">The name or a dimension breaks a rule of CloudWatch; the message names the rule.</exception>
    MetricSeries Series(string name, params ReadOnlySpan<MetricDimension> dimensions);
}
