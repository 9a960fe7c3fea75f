using CloudObserve.Local;

namespace CloudObserve.Monitoring.Expressions.Labels;

/// <summary>Represents a label with dynamic values such as <c>${MAX}</c> or <c>${PROP('Dim.Region')}</c>.</summary>
internal sealed class LabelTemplate
{
    /// <summary>CloudWatch: a label has at most six dynamic values.</summary>
    private const int MaxValues = 6;

    private const string Start = "${";
    private const string PropertyStart = "PROP('";
    private const string PropertyEnd = "')";
    private const string DefaultLabel = "LABEL";

    private static readonly string[] Properties = ["MetricName", "Namespace", "Period", "Region", "Stat", "AccountId", "AccountLabel"];

    private readonly List<Part> _parts = [];

    private LabelTemplate()
    {
    }

    /// <summary>Gets a value indicating whether the label has no text and no dynamic value.</summary>
    internal bool IsEmpty => _parts.Count == 0;

    /// <summary>Gets a value indicating whether the label has a dynamic value.</summary>
    internal bool IsDynamic => _parts.Exists(static part => part.IsDynamic);

    /// <summary>Parses a label.</summary>
    /// <param name="label">The label.</param>
    /// <param name="path">The name of the member for messages.</param>
    /// <exception cref="CloudWatchException">A dynamic value is unknown, or there are too many.</exception>
    internal static LabelTemplate Parse(string label, string path)
    {
        LabelTemplate template = new();
        int position = 0;
        while (position < label.Length)
        {
            int start = label.IndexOf(Start, position, StringComparison.Ordinal);
            int end = start < 0 ? -1 : label.IndexOf('}', start);
            if (end < 0)
            {
                template._parts.Add(new Part(label[position..], false));
                break;
            }

            if (start > position)
            {
                template._parts.Add(new Part(label[position..start], false));
            }

            template._parts.Add(new Part(Checked(label[(start + Start.Length)..end], path), true));
            position = end + 1;
        }

        return template.CheckCounts(path);
    }

    /// <summary>Returns the label of a time series.</summary>
    internal string Render(LabelValues values) =>
        string.Concat(_parts.Select(part => part.IsDynamic ? Value(part.Text, values) : part.Text));

    private static string Value(string name, LabelValues values) =>
        name == DefaultLabel ? values.DefaultLabel
        : name.StartsWith(PropertyStart, StringComparison.Ordinal) ? values.Property(PropertyOf(name))
        : values.Statistic(name);

    private static string PropertyOf(string name) => name[PropertyStart.Length..^PropertyEnd.Length];

    private static string Checked(string name, string path)
    {
        bool isProperty = name.StartsWith(PropertyStart, StringComparison.Ordinal) && name.EndsWith(PropertyEnd, StringComparison.Ordinal)
            && name.Length > PropertyStart.Length + PropertyEnd.Length;
        return name == DefaultLabel || LabelValues.Statistics.Contains(name) || (isProperty && IsProperty(PropertyOf(name)))
            ? name
            : throw QueryFaults.Invalid($"The parameter {path} has an unknown dynamic value: {Start}{name}}}.");
    }

    private static bool IsProperty(string name) =>
        Properties.Contains(name) || name.StartsWith(LabelValues.DimensionPrefix, StringComparison.Ordinal);

    private LabelTemplate CheckCounts(string path)
    {
        if (_parts.Count(static part => part.IsDynamic) > MaxValues)
        {
            throw QueryFaults.Invalid($"The parameter {path} must not have more than {MaxValues} dynamic values.");
        }

        return _parts.Count(static part => part is { IsDynamic: true, Text: DefaultLabel }) > 1
            ? throw QueryFaults.Invalid($"The parameter {path} must not have {Start}{DefaultLabel}}} more than once.")
            : this;
    }

    private readonly record struct Part(string Text, bool IsDynamic);
}
