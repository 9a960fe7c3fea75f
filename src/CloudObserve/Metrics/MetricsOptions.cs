namespace CloudObserve.Metrics;

/// <summary>How metrics are aggregated and published: section <c>CloudObserve:Metrics</c>.</summary>
public sealed class MetricsOptions
{
    /// <summary>Gets or sets the CloudWatch namespace of every metric.</summary>
    /// <value>
    /// 1 to 255 printable ASCII characters, not all of them blanks, and not beginning with <c>AWS/</c>. The default is the application's name, in which
    /// a dash takes the place of each character that is not allowed.
    /// </value>
    public string? Namespace { get; set; }

    /// <summary>Gets the dimensions that every metric carries.</summary>
    /// <value>The default is none.</value>
    /// <remarks>A dimension given with a sample under the same name takes precedence. They stay in roll-ups.</remarks>
    public IDictionary<string, string> DefaultDimensions { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets or sets how often metrics are sent.</summary>
    /// <value>1 second to 1 hour. The default is 1 minute: each series costs one datum a minute.</value>
    /// <remarks>
    /// Samples are always stamped with the start of their period (a minute, or a second at high resolution). A shorter interval shows them
    /// sooner and sends more datums; a longer one sends the same datums in fewer requests. Each process sends at its own random offset inside
    /// the interval, so that a fleet does not beat as one.
    /// </remarks>
    public TimeSpan PublishInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how many series of one metric are told apart at a time.</summary>
    /// <value>1 to 100,000. The default is 1,000.</value>
    /// <remarks>
    /// Further ones are folded into one series whose dimension values are all <c>(other)</c>, until series that are in use no longer have left
    /// (<see cref="IdleSeriesTimeout"/>). That is said once and loses no sample. Only the totals of an observable counter cannot be folded: those of further
    /// tag sets are refused and counted as lost.
    /// </remarks>
    public int MaxSeriesPerMetric { get; set; } = 1_000;

    /// <summary>Gets or sets how many series are kept in all.</summary>
    /// <value>1 to 1,000,000. The default is 10,000.</value>
    public int MaxSeries { get; set; } = 10_000;

    /// <summary>Gets or sets how long a series that is not in use is kept in memory.</summary>
    /// <value>1 minute to 1 day. The default is 15 minutes.</value>
    /// <remarks>
    /// Releasing it loses nothing; the next sample makes it anew. A series of an instrument is in use as long as it is measured: a <c>Gauge</c> is sent
    /// for this long after its last value, an up-down counter as long as it does not stand at 0 and this long afterwards, an observable instrument as long as its
    /// callback reports the set of tags. The total of an observable counter that is reported again after it has left counts as new.
    /// </remarks>
    public TimeSpan IdleSeriesTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets how many datums of 150 values one series may take in one period before near values are merged.</summary>
    /// <value>1 to 100. The default is 8.</value>
    public int MaxDatumsPerSeries { get; set; } = 8;

    /// <summary>Gets or sets how metrics are published as log events in CloudWatch's embedded metric format.</summary>
    /// <value>The default is <see langword="null"/>: they are published by <c>PutMetricData</c>.</value>
    public EmbeddedMetricFormatOptions? EmbeddedMetricFormat { get; set; }

    /// <summary>Gets the names of the meters to publish, each with <c>*</c> as a wildcard at any place.</summary>
    /// <value>The default is none.</value>
    public IList<string> Meters { get; } = [];

    /// <summary>Gets or sets how long a callback of an observable instrument may take.</summary>
    /// <value>10 milliseconds to 1 minute. The default is 1 second.</value>
    /// <remarks>
    /// A callback that takes longer, or throws, costs its own instrument that period: the instrument is named in the log and the health check, and
    /// everything else is sent. It is called again once it has returned. Of several that hang in one period only the first gets all of this time. Neither
    /// a flush nor the host's shutdown waits for a callback longer than it may take itself.
    /// </remarks>
    public TimeSpan ObservationTimeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets a value indicating whether a <c>Gauge</c> is sent in each period, with its last value where none is recorded.</summary>
    /// <value>The default is <see langword="true"/>, since a gauge is a level; otherwise only the values that are recorded are sent.</value>
    public bool RepeatGauges { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether metrics of instruments have the name of their meter as the dimension <c>meter</c>.</summary>
    /// <value>The default is <see langword="false"/>: instruments of the same name and tags are one metric, whatever meter they belong to.</value>
    public bool MeterDimension { get; set; }

    /// <summary>Gets what is set for single metrics, by their name.</summary>
    /// <value>The default is none.</value>
    public IDictionary<string, MetricOptions> PerMetric { get; } = new Dictionary<string, MetricOptions>(StringComparer.Ordinal);

    /// <summary>Publishes the instruments of meters of <c>System.Diagnostics.Metrics</c>.</summary>
    /// <param name="names">Names of meters; <c>*</c> stands for any run of characters.</param>
    /// <returns>These options.</returns>
    /// <remarks>
    /// Tags become dimensions: those of a measurement, of its instrument and of its meter, in this order where a name occurs twice. What CloudWatch would
    /// refuse in a tag is repaired and said once. A meter that was made by the <c>IMeterFactory</c> of another host in the process is left to that host.
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
    /// <param name="configure">The step; called at once.</param>
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
    /// <param name="configure">The step, if there is anything to set; called at once. Without it they go to CloudWatch Logs.</param>
    /// <returns>These options.</returns>
    /// <remarks>
    /// The IAM action is then <c>logs:PutLogEvents</c> and not <c>cloudwatch:PutMetricData</c>. Logs need not be added
    /// (<see cref="CloudObserveBuilder.WithLogs"/>) for it. <see cref="MaxDatumsPerSeries"/> does not matter. A Lambda function, which is frozen
    /// between invocations, calls <see cref="ICloudObserve.FlushAsync"/> before each of them ends.
    /// </remarks>
    public MetricsOptions UseEmbeddedMetricFormat(Action<EmbeddedMetricFormatOptions>? configure = null)
    {
        EmbeddedMetricFormat ??= new EmbeddedMetricFormatOptions();
        configure?.Invoke(EmbeddedMetricFormat);
        return this;
    }
}
