using System.Collections;
using System.Globalization;

namespace CloudObserve.Metrics.Meters;

/// <summary>Writes tags of any type as dimensions.</summary>
internal static class TagText
{
    /// <summary>Makes dimensions of tags. A tag without a value is left out, since CloudWatch has no empty dimension value.</summary>
    internal static MetricDimension[] ToDimensions(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        List<MetricDimension> dimensions = new(tags.Length);
        foreach ((string name, object? value) in tags)
        {
            string text = Write(value);
            if (text.Length > 0)
            {
                dimensions.Add(new MetricDimension(name, text));
            }
        }

        return [.. dimensions];
    }

    private static string Write(object? value) => value switch
    {
        null => "",
        string text => text,
        bool truth => truth ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable items => string.Join(',', items.Cast<object?>().Select(Write)),
        _ => value.ToString() ?? "",
    };
}
