namespace CloudObserve.Metrics;

/// <summary>Options for the aggregation and publication of metrics: section <c>CloudObserve:Metrics</c>.</summary>
public sealed class MetricsOptions
{
    /// <summary>Gets or sets the CloudWatch namespace of every metric.</summary>
    /// <value>
    /// 1 to 255 printable ASCII characters, not all of them blank, and not beginning with <c>AWS/</c>. The default is the application's
    /// name, with a dash in place of each character that is not allowed.
    /// </value>
    public string? Namespace { get; set; }

    /// <summary>Gets the dimensions that are added to every metric.</summary>
    /// <value>The default is none.</value>
    /// <remarks>
    /// A dimension given with a sample takes precedence over a default dimension of the same name. Default dimensions are kept in roll-ups.
    /// </remarks>
    public IDictionary<string, string> DefaultDimensions { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets or sets the interval at which metrics are sent.</summary>
    /// <value>1 second to 1 hour. The default is 1 minute: each series costs one datum a minute.</value>
    /// <remarks>
    /// The timestamp of a sample is always the start of its period (a minute, or a second at high resolution). A shorter interval shows
    /// samples sooner and sends more datums; a longer one sends the same datums in fewer requests. Each process sends at a random offset
    /// within the interval, so that instances do not publish at the same moment.
    /// </remarks>
    public TimeSpan PublishInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets the maximum number of separate series of one metric.</summary>
    /// <value>1 to 100,000. The default is 1,000.</value>
    /// <remarks>
    /// Further series are combined into one series whose dimension values are all <c>(other)</c>, until enough series have been released
    /// after <see cref="IdleSeriesTimeout"/>. This is logged once, and no sample is lost. The totals of an observable counter are the
    /// exception: further tag sets are refused and counted as lost.
    /// </remarks>
    public int MaxSeriesPerMetric { get; set; } = 1_000;

    /// <summary>Gets or sets the maximum number of series of all metrics.</summary>
    /// <value>1 to 1,000,000. The default is 10,000.</value>
    public int MaxSeries { get; set; } = 10_000;

    /// <summary>Gets or sets the time for which an idle series is kept in memory.</summary>
    /// <value>1 minute to 1 day. The default is 15 minutes.</value>
    /// <remarks>
    /// Releasing a series loses nothing; the next sample creates it again. A series of an instrument is in use as long as it is measured: a
    /// <c>Gauge</c> is sent for this long after its last value; an up-down counter is sent as long as its level is not 0 and this long
    /// afterwards; an observable instrument is sent as long as its callback reports the set of tags. If an observable counter is reported
    /// again after its series was released, its total counts as new.
    /// </remarks>
    public TimeSpan IdleSeriesTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets the maximum number of datums, of 150 values each, for one series in one period.</summary>
    /// <value>1 to 100. The default is 8.</value>
    /// <remarks>If a series has more distinct values in a period, near values are merged.</remarks>
    public int MaxDatumsPerSeries { get; set; } = 8;

    /// <summary>Gets or sets the options for publishing metrics as log events in CloudWatch's embedded metric format.</summary>
    /// <value>The default is <see langword="null"/>: metrics are published by <c>PutMetricData</c>.</value>
    public EmbeddedMetricFormatOptions? EmbeddedMetricFormat { get; set; }

    /// <summary>Gets the names of the meters to publish. <c>*</c> is a wildcard at any position.</summary>
    /// <value>The default is none.</value>
    /// <remarks>
    /// If no meter of a name creates an instrument within ten minutes of the start, this is logged once, with the most similar meter name.
    /// </remarks>
    public IList<string> Meters { get; } = [];

    /// <summary>Gets or sets the maximum time for a callback of an observable instrument.</summary>
    /// <value>10 milliseconds to 1 minute. The default is 1 second.</value>
    /// <remarks>
    /// If a callback takes longer or throws, its instrument has no data for that period: the instrument is named in the log and the health
    /// check, and everything else is sent. The callback is called again after it has returned. If several callbacks hang in one period,
    /// only the first gets the whole time. A flush or the host's shutdown waits for a callback no longer than its own time limit.
    /// A longer time costs a thread for as long as the callback hangs, and delays the metrics of the period, flushes and the shutdown by up
    /// to this time.
    /// </remarks>
    public TimeSpan ObservationTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gets or sets a value indicating whether a <c>Gauge</c> is sent in every period, repeating its last value if none was recorded.
    /// </summary>
    /// <value>The default is <see langword="true"/>, because a gauge is a level; otherwise only recorded values are sent.</value>
    public bool RepeatGauges { get; set; } = true;

    /// <summary>
    /// Gets or sets a value indicating whether metrics of instruments have their meter's name as the dimension <c>meter</c>.
    /// </summary>
    /// <value>The default is <see langword="false"/>: instruments of the same name and tags are one metric, whatever their meter.</value>
    public bool MeterDimension { get; set; }

    /// <summary>Gets the options of individual metrics, by metric name.</summary>
    /// <value>The default is none.</value>
    public IDictionary<string, MetricOptions> PerMetric { get; } = new Dictionary<string, MetricOptions>(StringComparer.Ordinal);

    /// <summary>Publishes the instruments of meters of <c>System.Diagnostics.Metrics</c>.</summary>
    /// <param name="names">The names of the meters; <c>*</c> stands for any sequence of characters.</param>
    /// <returns>These options.</returns>
    /// <remarks>
    /// Tags become dimensions. If a name occurs more than once, the tag of the measurement takes precedence over that of the instrument,
    /// and that over the tag of the meter. Text that CloudWatch would refuse in a tag is changed, and this is logged once. A meter created
    /// by the <c>IMeterFactory</c> of another host in the process is ignored.
    /// </remarks>
    public MetricsOptions AddMeter(params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (string name in names)
        {
            Meters.Add(name);
        }

        return this;
    }

    /// <summary>Sets the unit, the resolution or the roll-ups of one metric.</summary>
    /// <param name="name">The metric's name.</param>
    /// <param name="configure">A callback that sets the options; called immediately.</param>
    /// <returns>These options.</returns>
    public MetricsOptions Configure(string name, Action<MetricOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        if (!PerMetric.TryGetValue(name, out MetricOptions? options))
        {
            PerMetric[name] = options = new MetricOptions();
        }

        configure(options);
        return this;
    }

    /// <summary>Publishes metrics as log events in CloudWatch's embedded metric format instead of by <c>PutMetricData</c>.</summary>
    /// <param name="configure">A callback that sets the options, or <see langword="null"/>; called immediately. By default the target is
    /// CloudWatch Logs.</param>
    /// <returns>These options.</returns>
    /// <remarks>
    /// The required IAM action is then <c>logs:PutLogEvents</c> and not <c>cloudwatch:PutMetricData</c>. Logs need not be added
    /// (<see cref="CloudObserveBuilder.WithLogs"/>). <see cref="MaxDatumsPerSeries"/> has no effect. A Lambda function, which is frozen
    /// between invocations, must call <see cref="ICloudObserve.FlushAsync"/> before each invocation ends.
    /// </remarks>
    public MetricsOptions UseEmbeddedMetricFormat(Action<EmbeddedMetricFormatOptions>? configure = null)
    {
        EmbeddedMetricFormat ??= new EmbeddedMetricFormatOptions();
        configure?.Invoke(EmbeddedMetricFormat);
        return this;
    }
}
