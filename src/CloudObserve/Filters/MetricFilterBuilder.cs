using System.Globalization;
using CloudObserve.Metrics;

namespace CloudObserve.Filters;

/// <summary>Says what a metric filter makes of the events that match. What it is given is checked when the application starts.</summary>
/// <threadsafety>Not safe for concurrent use; it belongs to the start of the application.</threadsafety>
public sealed class MetricFilterBuilder
{
    private readonly MetricFilterOptions _options;

    internal MetricFilterBuilder(MetricFilterOptions options) => _options = options;

    /// <summary>Names the metric. A filter has exactly one, so the last call counts.</summary>
    /// <param name="namespace">The CloudWatch namespace.</param>
    /// <param name="name">The metric's name.</param>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder Metric(string @namespace, string name)
    {
        (_options.Namespace, _options.Metric) = (@namespace, name);
        return this;
    }

    /// <summary>Takes the value from the event. Without this, events are counted.</summary>
    /// <param name="value">A number, <c>$.property</c>, <c>$field</c>, or the position of a field without a name, <c>$7</c>.</param>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder Value(string value)
    {
        _options.Value = value;
        return this;
    }

    /// <summary>Adds the same for each event that matches.</summary>
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

    /// <summary>Adds a dimension that CloudWatch Logs itself has a value for.</summary>
    /// <param name="field"><c>@source.log</c>, the name of the log group, or, for a filter that is provisioned, <c>@aws.account</c> or <c>@aws.region</c>.</param>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder SystemField(string field)
    {
        _options.EmitSystemFieldDimensions.Add(field);
        return this;
    }

    /// <summary>Adds a value for each event that does not match.</summary>
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

    /// <summary>Does not ship an event that has added to the metric.</summary>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder Discard()
    {
        _options.Discard = true;
        return this;
    }

    /// <summary>Ships one of several events that have added to the metric, as an example. The metric still counts all.</summary>
    /// <param name="oneIn">How many: 100 ships one in a hundred.</param>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder Sample(int oneIn)
    {
        _options.Sample = oneIn;
        return this;
    }

    /// <summary>Has CloudWatch Logs evaluate the filter instead of this process: it is put there when the application starts.</summary>
    /// <returns>This builder.</returns>
    public MetricFilterBuilder Provision()
    {
        _options.Provision = true;
        return this;
    }

    /// <summary>Limits the filter to the events of some log groups. Without this it sees those of all.</summary>
    /// <param name="names">Names of log groups, or templates as in <c>Logs:LogGroup</c> without <c>{date}</c> and <c>{category}</c>.</param>
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
