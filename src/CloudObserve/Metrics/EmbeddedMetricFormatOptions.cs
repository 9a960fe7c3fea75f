namespace CloudObserve.Metrics;

/// <summary>
/// Options for publishing metrics as log events in the embedded metric format: section <c>CloudObserve:Metrics:EmbeddedMetricFormat</c>.
/// </summary>
/// <remarks>
/// The format has no counts: a value that occurred a thousand times is written a thousand times. Sum, SampleCount, Minimum and Maximum
/// therefore stay exact. For series with many samples in a period, <c>PutMetricData</c> is cheaper.
/// </remarks>
public sealed class EmbeddedMetricFormatOptions
{
    /// <summary>Gets or sets the destination of the documents.</summary>
    /// <value>The default is <see cref="EmbeddedMetricTarget.Logs"/>.</value>
    public EmbeddedMetricTarget Target { get; set; }

    /// <summary>Gets or sets the template of the log group's name, for <see cref="EmbeddedMetricTarget.Logs"/>.</summary>
    /// <value>The default is <see langword="null"/>: the log group of the logs, <c>CloudObserve:Logs:LogGroup</c>.</value>
    /// <remarks>
    /// The placeholders are those of the logs; <c>{category}</c> is <c>Metrics</c>, and <c>{date}</c> is the date of writing. A missing
    /// group is created in the same way as a group for logs. It must be of class <c>STANDARD</c>, because CloudWatch extracts metrics from
    /// no other class.
    /// </remarks>
    public string? LogGroup { get; set; }

    /// <summary>Gets or sets the template of the log stream's name, for <see cref="EmbeddedMetricTarget.Logs"/>.</summary>
    /// <value>The default is <c>{instance}/metrics</c>.</value>
    public string LogStream { get; set; } = "{instance}/metrics";

    /// <summary>Gets or sets the maximum number of samples of one series that are written in one period.</summary>
    /// <value>100 to 10,000,000. The default is 100,000, which is up to a thousand documents.</value>
    /// <remarks>
    /// If a series has more samples, a proportional selection is written, which keeps averages and percentiles and includes the smallest
    /// and the largest value. The remaining samples are counted as lost (<see cref="MetricLossReasons.SampleBudget"/>), and
    /// this is logged once.
    /// </remarks>
    public int MaxSamplesPerSeries { get; set; } = 100_000;
}
