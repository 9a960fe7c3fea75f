namespace CloudObserve.Metrics;

/// <summary>How metrics are published as log events that CloudWatch takes them from: section <c>CloudObserve:Metrics:EmbeddedMetricFormat</c>.</summary>
/// <remarks>
/// The format has no counts: a value that occurred a thousand times is written a thousand times. Sum, SampleCount, Minimum and Maximum stay
/// exact at that price; where a series has many samples a period, <c>PutMetricData</c> is cheaper.
/// </remarks>
public sealed class EmbeddedMetricFormatOptions
{
    /// <summary>Gets or sets where the documents are written.</summary>
    /// <value>The default is <see cref="EmbeddedMetricTarget.Logs"/>.</value>
    public EmbeddedMetricTarget Target { get; set; }

    /// <summary>Gets or sets the template of the log group's name, for <see cref="EmbeddedMetricTarget.Logs"/>.</summary>
    /// <value>The default is <see langword="null"/>: the group of the logs, <c>CloudObserve:Logs:LogGroup</c>.</value>
    /// <remarks>
    /// The placeholders are those of the logs; <c>{category}</c> is <c>Metrics</c>, <c>{date}</c> that of writing. A group that is missing is created
    /// as one for logs is. It must be of class <c>STANDARD</c>: CloudWatch takes no metrics from the others.
    /// </remarks>
    public string? LogGroup { get; set; }

    /// <summary>Gets or sets the template of the log stream's name, for <see cref="EmbeddedMetricTarget.Logs"/>.</summary>
    /// <value>The default is <c>{instance}/metrics</c>.</value>
    public string LogStream { get; set; } = "{instance}/metrics";

    /// <summary>Gets or sets how many samples of one series are written in one period.</summary>
    /// <value>100 to 10,000,000. The default is 100,000, which is up to a thousand documents.</value>
    /// <remarks>
    /// Of a series with more, so many are written that averages and percentiles stay what they are, and the smallest and the largest value are
    /// among them. The rest is counted as lost (<see cref="Pipeline.Delivery.LossReason.SampleBudget"/>), and that is said once.
    /// </remarks>
    public int MaxSamplesPerSeries { get; set; } = 100_000;
}
