using System.Globalization;
using CloudObserve.Metrics;

namespace CloudObserve.Filters;

/// <summary>Builds the settings of a metric filter.</summary>
/// <remarks>They are validated when the application starts.</remarks>
/// <threadsafety>Not safe for concurrent use. Use it while the application starts.</threadsafety>
public sealed class MetricFilterBuilder
{
    private readonly MetricFilterOptions _options;

    internal MetricFilterBuilder(MetricFilterOptions options) => _options = options;

    /// <summary>Sets the metric.</summary>
    /// <remarks>A filter has exactly one metric, so the last call counts.</remarks>
    /// <param name="namespace">The CloudWatch namespace.</param>
    /// <param name="name">The metric's name.</param>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder Metric(string @namespace, string name)
    {
        (_options.Namespace, _options.Metric) = (@namespace, name);
        return this;
    }

    /// <summary>Sets the selector of the value in the event.</summary>
    /// <remarks>Without this, events are counted.</remarks>
    /// <param name="value">A number, <c>$.property</c>, <c>$field</c>, or the position <c>$7</c> of a field without a name.</param>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder Value(string value)
    {
        _options.Value = value;
        return this;
    }

    /// <summary>Sets the value that each matching event adds.</summary>
    /// <param name="value">The value.</param>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder Value(double value) => Value(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a dimension whose value is taken from the event.</summary>
    /// <param name="name">The dimension's name.</param>
    /// <param name="selector"><c>$.property</c> or <c>$field</c>; the pattern must use it.</param>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder Dimension(string name, string selector)
    {
        _options.Dimensions[name] = selector;
        return this;
    }

    /// <summary>Adds a dimension whose value CloudWatch Logs provides.</summary>
    /// <param name="field">
    /// <c>@source.log</c>, the name of the log group. A provisioned filter can also use <c>@aws.account</c> and <c>@aws.region</c>.
    /// </param>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder SystemField(string field)
    {
        _options.EmitSystemFieldDimensions.Add(field);
        return this;
    }

    /// <summary>Sets the value that each event adds that does not match.</summary>
    /// <param name="value">The value.</param>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder Default(double value)
    {
        _options.Default = value;
        return this;
    }

    /// <summary>Sets the metric's unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder Unit(MetricUnit unit)
    {
        _options.Unit = unit;
        return this;
    }

    /// <summary>Discards matching events after they have added to the metric, so that they are not shipped.</summary>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder Discard()
    {
        _options.Discard = true;
        return this;
    }

    /// <summary>Ships only one of several matching events.</summary>
    /// <remarks>The metric still counts all of them.</remarks>
    /// <param name="oneIn">The number of events: 100 ships one event of a hundred.</param>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder Sample(int oneIn)
    {
        _options.Sample = oneIn;
        return this;
    }

    /// <summary>Lets CloudWatch Logs evaluate the filter instead of this process.</summary>
    /// <remarks>The filter is put there when the application starts.</remarks>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder Provision()
    {
        _options.Provision = true;
        return this;
    }

    /// <summary>Limits the filter to the events of some log groups.</summary>
    /// <remarks>Without this it sees the events of all groups.</remarks>
    /// <param name="names">
    /// Names of log groups, or templates as in <c>Logs:LogGroup</c> without <c>{date}</c> and <c>{category}</c>.
    /// </param>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder LogGroups(params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (string name in names)
        {
            _options.LogGroups.Add(name);
        }

        return this;
    }
}
