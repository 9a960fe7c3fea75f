using CloudObserve.Metrics;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Filters;

/// <summary>A filter that turns log events into a metric: section <c>CloudObserve:MetricFilters:{name}</c>. It may change while the application runs.</summary>
public sealed class MetricFilterOptions
{
    /// <summary>How many events <see cref="Sample"/> may stand for at most.</summary>
    internal const int MaxSample = 1_000_000;

    /// <summary>Gets or sets which events the filter matches, in the filter pattern language of CloudWatch Logs.</summary>
    /// <value>At most 1,024 characters. The default is the empty pattern, which matches every event.</value>
    public string Pattern { get; set; } = "";

    /// <summary>Gets or sets the CloudWatch namespace of the metric.</summary>
    /// <value>1 to 255 characters without <c>*</c> and <c>$</c>, beginning with another character than <c>:</c>. The default is <see langword="null"/>, and it must be set.</value>
    public string? Namespace { get; set; }

    /// <summary>Gets or sets the name of the metric.</summary>
    /// <value>1 to 255 characters without <c>*</c> and <c>$</c>, beginning with another character than <c>:</c>. The default is <see langword="null"/>, and it must be set.</value>
    public string? Metric { get; set; }

    /// <summary>Gets or sets what a matching event adds to the metric: a number, or where in the event it stands.</summary>
    /// <value>A number, <c>$.property</c> of a JSON pattern, or <c>$field</c> or <c>$7</c> of a space-delimited one. The default is <c>1</c>: events are counted.</value>
    /// <remarks>
    /// An event in which it is missing or no number adds nothing; a text that spells a number, such as <c>"11.5"</c>, is one. A field that the pattern
    /// does not name is allowed, as CloudWatch Logs allows it, and adds nothing: that is said at start.
    /// </remarks>
    public string Value { get; set; } = "1";

    /// <summary>Gets the dimensions of the metric: the name of each, and where in the event its value stands.</summary>
    /// <value>At most 3, each of a property or field that the pattern uses. The default is none.</value>
    /// <remarks>An event in which one is missing or blank adds nothing.</remarks>
    public IDictionary<string, string> Dimensions { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets the fields of CloudWatch Logs itself that become dimensions, under their own names.</summary>
    /// <value>
    /// Some of <c>@source.log</c>, the name of the log group, <c>@aws.account</c> and <c>@aws.region</c>. With <see cref="Dimensions"/> there are at most 3.
    /// The default is none.
    /// </value>
    /// <remarks>The account and the region are known to CloudWatch Logs alone, so they need <see cref="Provision"/>. Where such a filter cannot be put, it adds nothing.</remarks>
    public IList<string> EmitSystemFieldDimensions { get; } = [];

    /// <summary>Gets or sets what each event adds that does not match.</summary>
    /// <value>A number. The default is <see langword="null"/>: nothing. CloudWatch Logs does not allow it together with dimensions.</value>
    /// <remarks>An event that matches and has no value adds nothing, not even this. With 0 the sum stays that of the events that match, while the average and the sample count tell of all.</remarks>
    public double? Default { get; set; }

    /// <summary>Gets or sets the unit of the metric.</summary>
    /// <value>The default is <see cref="MetricUnit.None"/>.</value>
    public MetricUnit Unit { get; set; }

    /// <summary>Gets the log groups whose events the filter sees, each a name or a template as in <c>Logs:LogGroup</c>, without <c>{date}</c> and <c>{category}</c>.</summary>
    /// <value>The default is none, which means all.</value>
    public IList<string> LogGroups { get; } = [];

    /// <summary>Gets or sets whether an event that has added to the metric is not shipped.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>Ingestion is the larger part of the bill. Such events are counted as <see cref="LossReason.DiscardedByFilter"/>. One that matches but adds nothing is shipped.</remarks>
    public bool Discard { get; set; }

    /// <summary>Gets or sets of how many events that have added to the metric one is shipped, as an example.</summary>
    /// <value>1 to 1,000,000. The default is 1: all are shipped.</value>
    /// <remarks>The metric still counts all. The others are counted as <see cref="LossReason.SampledOut"/>.</remarks>
    public int Sample { get; set; } = 1;

    /// <summary>Gets or sets whether CloudWatch Logs evaluates the filter: it is put there when the application starts (<c>PutMetricFilter</c>), and not evaluated in the process.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>
    /// It goes to <see cref="LogGroups"/> or, without any, to all groups that logs are set to go to; their names must be fixed then. Where it cannot
    /// be put, that is said, with the IAM action that is missing, and the filter is evaluated in the process after all. A later change of its
    /// settings takes effect when the application starts again. A sink of the application's own gets it as a batch of the operation
    /// <c>PutMetricFilter</c>, and must not say that it was delivered unless it was.
    /// </remarks>
    public bool Provision { get; set; }
}
