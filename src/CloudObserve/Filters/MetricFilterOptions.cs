using CloudObserve.Delivery;
using CloudObserve.Logs;
using CloudObserve.Metrics;

namespace CloudObserve.Filters;

/// <summary>
/// Provides the options of a filter that turns log events into a metric: section <c>CloudObserve:MetricFilters:{name}</c>.
/// </summary>
/// <remarks>They may change while the application runs.</remarks>
public sealed class MetricFilterOptions
{
    /// <summary>The largest value of <see cref="Sample"/>.</summary>
    internal const int MaxSample = 1_000_000;

    /// <summary>Gets or sets the filter pattern of the events, in the language of CloudWatch Logs.</summary>
    /// <value>At most 1,024 characters. The default is the empty pattern, which matches every event.</value>
    public string Pattern { get; set; } = "";

    /// <summary>Gets or sets the CloudWatch namespace of the metric.</summary>
    /// <value>
    /// 1 to 255 characters without <c>*</c> and <c>$</c>; the first must not be <c>:</c>. The default is <see langword="null"/>, and it
    /// must be set.
    /// </value>
    public string? Namespace { get; set; }

    /// <summary>Gets or sets the name of the metric.</summary>
    /// <value>
    /// 1 to 255 characters without <c>*</c> and <c>$</c>; the first must not be <c>:</c>. The default is <see langword="null"/>, and it
    /// must be set.
    /// </value>
    public string? Metric { get; set; }

    /// <summary>Gets or sets the value that a matching event adds to the metric: a number, or a selector in the event.</summary>
    /// <value>
    /// A number, <c>$.property</c> of a JSON pattern, or <c>$field</c> or <c>$7</c> of a space-delimited one. The default is <c>1</c>:
    /// events are counted.
    /// </value>
    /// <remarks>
    /// An event whose value is missing or not a number adds nothing. A string that contains a number, such as <c>"11.5"</c>, counts as a
    /// number. A field that the pattern does not name is allowed, as in CloudWatch Logs; it adds nothing, and a warning is logged at start.
    /// </remarks>
    public string Value { get; set; } = "1";

    /// <summary>Gets the dimensions of the metric: the selector of each dimension's value by name.</summary>
    /// <value>At most 3; the pattern must use the selector of each. The default is none.</value>
    /// <remarks>An event in which a dimension is missing or blank adds nothing.</remarks>
    public IDictionary<string, string> Dimensions { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the system fields of CloudWatch Logs that become dimensions under their own names.</summary>
    /// <value>
    /// Any of <c>@source.log</c> (the name of the log group), <c>@aws.account</c> and <c>@aws.region</c>. Together with
    /// <see cref="Dimensions"/> there are at most 3. The default is none.
    /// </value>
    /// <remarks>
    /// Only CloudWatch Logs knows the account and the region, so they need <see cref="Provision"/>. If such a filter cannot be put, it adds
    /// nothing.
    /// </remarks>
    public IList<string> EmitSystemFieldDimensions { get; } = [];

    /// <summary>Gets or sets the value that each event adds that does not match.</summary>
    /// <value>A number. The default is <see langword="null"/>: nothing. CloudWatch Logs does not allow it together with dimensions.</value>
    /// <remarks>
    /// A matching event without a value adds nothing, not even this value. With 0 the sum is that of the matching events, while the average
    /// and the sample count include all events.
    /// </remarks>
    public double? Default { get; set; }

    /// <summary>Gets or sets the unit of the metric.</summary>
    /// <value>The default is <see cref="MetricUnit.None"/>.</value>
    public MetricUnit Unit { get; set; }

    /// <summary>Gets the log groups whose events the filter sees.</summary>
    /// <value>The default is none: the events of all groups.</value>
    /// <remarks>Each is a name or a template as in <c>Logs:LogGroup</c>, without <c>{date}</c> and <c>{category}</c>.</remarks>
    public IList<string> LogGroups { get; } = [];

    /// <summary>Gets or sets whether events that have added to the metric are discarded instead of shipped.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>
    /// Use it to reduce ingestion, which is the larger part of the cost. Discarded events are counted as
    /// <see cref="LogLossReasons.DiscardedByFilter"/>. An event that matches but adds nothing is shipped.
    /// </remarks>
    public bool Discard { get; set; }

    /// <summary>Gets or sets the number of events of which one is shipped, after all of them have added to the metric.</summary>
    /// <value>1 to 1,000,000. The default is 1: all are shipped.</value>
    /// <remarks>
    /// The metric still counts all events. Events that are not shipped are counted as <see cref="LogLossReasons.SampledOut"/>.
    /// </remarks>
    public int Sample { get; set; } = 1;

    /// <summary>Gets or sets whether CloudWatch Logs evaluates the filter instead of this process.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>
    /// <para>The filter is put there (<c>PutMetricFilter</c>) when the application starts.</para>
    /// <para>
    /// The filter is put into <see cref="LogGroups"/>, or into all groups of the logs if none are set. The names of the groups must be
    /// fixed. If it cannot be put, the missing IAM action is logged and this process evaluates the filter. Later changes of its settings
    /// take effect at the next start.
    /// </para>
    /// <para>
    /// A sink of the application receives the filter as a batch of the operation <c>PutMetricFilter</c>, and must report success only if it
    /// was delivered.
    /// </para>
    /// </remarks>
    public bool Provision { get; set; }
}
