namespace CloudObserve.Metrics;

/// <summary>Publishes metrics. Samples are aggregated in memory per series and period, and are sent in the background.</summary>
/// <remarks>
/// <para>The methods that add samples never throw into the application and never wait. A sample that breaks a rule of CloudWatch is counted
/// as lost under its own reason, reported once per metric name, and visible in the health check. Only <c>Series</c>, which runs once at
/// start, throws.</para>
/// <para>Dimensions are a set: their order does not matter. CloudWatch never aggregates over dimensions; configure roll-ups for
/// totals.</para>
/// </remarks>
/// <threadsafety>Safe for concurrent use. A sample of a known series takes no lock and allocates nothing.</threadsafety>
public interface IMetricPublisher
{
    /// <summary>Adds a sample to the open period of a series.</summary>
    /// <param name="name">The metric's name, 1 to 255 characters.</param>
    /// <param name="value">The sample: finite and within -2^360 to 2^360.</param>
    /// <param name="unit">The unit. With <see cref="MetricUnit.None"/>, the unit configured for the metric applies, if there is
    /// one.</param>
    /// <param name="dimensions">The dimensions: up to 30, including the default ones.</param>
    void Put(string name, double value, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions);

    /// <summary>Adds a sample to the open period of a series, in the unit configured for the metric or without a unit.</summary>
    /// <param name="name">The metric's name, 1 to 255 characters.</param>
    /// <param name="value">The sample: finite and within -2^360 to 2^360.</param>
    /// <param name="dimensions">The dimensions: up to 30, including the default ones.</param>
    void Put(string name, double value, params ReadOnlySpan<MetricDimension> dimensions);

    /// <summary>Adds a sample to the period that contains a given time, for data that arrives late.</summary>
    /// <param name="timestamp">The time of the sample: at most two weeks ago and two hours ahead, which is what CloudWatch accepts.</param>
    /// <param name="name">The metric's name, 1 to 255 characters.</param>
    /// <param name="value">The sample: finite and within -2^360 to 2^360.</param>
    /// <param name="unit">The unit. With <see cref="MetricUnit.None"/>, the unit configured for the metric applies, if there is
    /// one.</param>
    /// <param name="dimensions">The dimensions: up to 30, including the default ones.</param>
    void PutAt(DateTimeOffset timestamp, string name, double value, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions);

    /// <summary>Adds a sample to the period that contains a given time, in the unit configured for the metric or without a unit.</summary>
    /// <param name="timestamp">The time of the sample: at most two weeks ago and two hours ahead, which is what CloudWatch accepts.</param>
    /// <param name="name">The metric's name, 1 to 255 characters.</param>
    /// <param name="value">The sample: finite and within -2^360 to 2^360.</param>
    /// <param name="dimensions">The dimensions: up to 30, including the default ones.</param>
    void PutAt(DateTimeOffset timestamp, string name, double value, params ReadOnlySpan<MetricDimension> dimensions);

    /// <summary>Binds a series once, so that adding a sample costs no look-up.</summary>
    /// <param name="name">The metric's name, 1 to 255 characters.</param>
    /// <param name="unit">The unit. With <see cref="MetricUnit.None"/>, the unit configured for the metric applies, if there is
    /// one.</param>
    /// <param name="dimensions">The dimensions: up to 30, including the default ones.</param>
    /// <returns>A handle to the series. Keep it; binding again returns another handle to the same series.</returns>
    /// <exception cref="ArgumentException">The name, the unit or a dimension breaks a rule of CloudWatch; the message names the
    /// rule.</exception>
    MetricSeries Series(string name, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions);

    /// <summary>
    /// Binds a series in the unit configured for the metric, or without a unit, so that adding a sample costs no look-up.
    /// </summary>
    /// <param name="name">The metric's name, 1 to 255 characters.</param>
    /// <param name="dimensions">The dimensions: up to 30, including the default ones.</param>
    /// <returns>A handle to the series. Keep it; binding again returns another handle to the same series.</returns>
    /// <exception cref="ArgumentException">The name or a dimension breaks a rule of CloudWatch; the message names the rule.</exception>
    MetricSeries Series(string name, params ReadOnlySpan<MetricDimension> dimensions);
}
