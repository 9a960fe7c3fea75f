using CloudObserve.Local;
using CloudObserve.Metrics;
using CloudObserve.Monitoring.Alarms.Definitions;

namespace CloudObserve.Monitoring;

/// <summary>Defines a metric alarm in CloudWatch's terms. The members are those of <c>PutMetricAlarm</c>.</summary>
/// <remarks>
/// A definition can be invalid; <see cref="Validate"/> reports all faults in CloudWatch's words. Members that CloudWatch reads as one of a
/// set of names are texts here, so that a wrong name can be reported too.
/// </remarks>
public sealed record AlarmDefinition
{
    /// <summary>Gets the name.</summary>
    /// <value>1 to 255 characters, unique among all alarms.</value>
    public string AlarmName { get; init; } = "";

    /// <summary>Gets the description.</summary>
    /// <value>At most 1,024 characters. The default is <see langword="null"/>.</value>
    public string? AlarmDescription { get; init; }

    /// <summary>Gets a value indicating whether changes of the state run actions.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool ActionsEnabled { get; init; } = true;

    /// <summary>Gets the actions of a change to <see cref="AlarmState.Ok"/>.</summary>
    /// <value>At most 5 ARNs. The default is none.</value>
    public IReadOnlyList<string> OKActions { get; init; } = [];

    /// <summary>Gets the actions of a change to <see cref="AlarmState.Alarm"/>.</summary>
    /// <value>At most 5 ARNs. The default is none.</value>
    public IReadOnlyList<string> AlarmActions { get; init; } = [];

    /// <summary>Gets the actions of a change to <see cref="AlarmState.InsufficientData"/>.</summary>
    /// <value>At most 5 ARNs. The default is none.</value>
    public IReadOnlyList<string> InsufficientDataActions { get; init; } = [];

    /// <summary>Gets the name of the metric.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="Metrics"/> name what the alarm watches.</value>
    public string? MetricName { get; init; }

    /// <summary>Gets the namespace of the metric.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? Namespace { get; init; }

    /// <summary>Gets the statistic of the metric.</summary>
    /// <value><c>SampleCount</c>, <c>Average</c>, <c>Sum</c>, <c>Minimum</c> or <c>Maximum</c>. The default is
    /// <see langword="null"/>.</value>
    public string? Statistic { get; init; }

    /// <summary>Gets the percentile or trimmed statistic of the metric.</summary>
    /// <value>For example <c>p99</c>, <c>tm90</c> or <c>PR(100:2000)</c>. The default is <see langword="null"/>.</value>
    public string? ExtendedStatistic { get; init; }

    /// <summary>Gets the dimensions of the metric, all of them.</summary>
    /// <value>At most 30. The default is none.</value>
    public IReadOnlyList<MetricDimension> Dimensions { get; init; } = [];

    /// <summary>Gets the length of a period.</summary>
    /// <value>10, 20 or 30 seconds, or a multiple of 60 seconds. The default is <see langword="null"/>.</value>
    public TimeSpan? Period { get; init; }

    /// <summary>Gets the unit that data must have been published with.</summary>
    /// <value>The default is <see langword="null"/>: any unit. With a unit that is never published, the alarm never has data.</value>
    public string? Unit { get; init; }

    /// <summary>Gets the number of periods that decide the state (N).</summary>
    /// <value>1 or more. The default is <see langword="null"/>, which is invalid.</value>
    public int? EvaluationPeriods { get; init; }

    /// <summary>Gets the number of datapoints that must breach to raise the alarm (M).</summary>
    /// <value>1 to <see cref="EvaluationPeriods"/>. The default is <see langword="null"/>: all of them.</value>
    public int? DatapointsToAlarm { get; init; }

    /// <summary>Gets the threshold.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="ThresholdMetricId"/> names a band.</value>
    public double? Threshold { get; init; }

    /// <summary>Gets the comparison of a value with the threshold or the band.</summary>
    /// <value>For example <c>GreaterThanThreshold</c>. The default is <see langword="null"/>, which is invalid.</value>
    public string? ComparisonOperator { get; init; }

    /// <summary>Gets the treatment of periods without data.</summary>
    /// <value><c>missing</c>, <c>ignore</c>, <c>breaching</c> or <c>notBreaching</c>. The default is <see langword="null"/>:
    /// <c>missing</c>, and <c>ignore</c> for the namespace <c>AWS/DynamoDB</c>.</value>
    public string? TreatMissingData { get; init; }

    /// <summary>Gets the treatment of percentiles with too few samples.</summary>
    /// <value><c>evaluate</c> or <c>ignore</c>. The default is <see langword="null"/>: <c>evaluate</c>.</value>
    public string? EvaluateLowSampleCountPercentile { get; init; }

    /// <summary>Gets the number of samples below which the alarm keeps its state.</summary>
    /// <value>The default is <see langword="null"/>: there is no such limit. CloudWatch does not know this member.</value>
    public int? MinimumSampleCount { get; init; }

    /// <summary>Gets the queries of an alarm on metric math or on a band.</summary>
    /// <value>At most 10 metrics and 10 expressions. One of them returns data, or two for a band. The default is none.</value>
    public IReadOnlyList<MetricDataQuery> Metrics { get; init; } = [];

    /// <summary>Gets the id of the query that returns the band.</summary>
    /// <value>The default is <see langword="null"/>: the alarm has a static threshold.</value>
    public string? ThresholdMetricId { get; init; }

    /// <summary>Gets the tags.</summary>
    /// <value>At most 50. The default is none.</value>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the period of the series that the alarm watches.</summary>
    /// <value><see cref="Period"/>, or that of the query that returns data. <see langword="null"/> if the definition names none.</value>
    public TimeSpan? WatchedPeriod => AlarmPeriods.Of(this);

    /// <summary>Reads the JSON input of <c>PutMetricAlarm</c>, as <c>aws cloudwatch put-metric-alarm</c> takes it.</summary>
    /// <remarks>Numbers and booleans may also be texts. The definition can be invalid; see <see cref="Validate"/>.</remarks>
    /// <param name="json">The JSON text.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="FormatException">The text is not a JSON object, or a member is unknown or has the wrong type. The message contains
    /// all such faults, one on each line.</exception>
    public static AlarmDefinition Parse(string json) => AlarmDefinitionReader.Read(json);

    /// <summary>Writes the definition as the JSON input of <c>PutMetricAlarm</c>.</summary>
    /// <returns>The JSON text. Members that are not set are left out.</returns>
    public string ToJson() => AlarmDefinitionWriter.Write(this);

    /// <summary>Checks the definition as CloudWatch does.</summary>
    /// <param name="region">The region of the alarm; <see langword="null"/> if the regions of actions shall not be checked.</param>
    /// <returns>All faults in CloudWatch's words; empty if the definition is valid.</returns>
    public IReadOnlyList<string> Validate(string? region = null) => AlarmDefinitionValidator.Validate(this, region);
}
