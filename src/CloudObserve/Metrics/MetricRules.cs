using System.Text;
using CloudObserve.Contracts;

namespace CloudObserve.Metrics;

/// <summary>Checks names, dimensions and values against CloudWatch's rules.</summary>
/// <remarks>Each check returns the broken rule as text, or <see langword="null"/>.</remarks>
internal static class MetricRules
{
    private const string DefaultNamespace = "Application";
    private const string ReservedPrefix = "AWS/";

    /// <summary>Checks a namespace. CloudWatch accepts printable ASCII, including a leading colon.</summary>
    internal static string? CheckNamespace(string? name)
    {
        if (CheckLength(name, "A namespace", ServiceLimits.PutMetricData.MaxNameLength) is { } broken)
        {
            return broken;
        }

        int illegal = name.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (illegal >= 0)
        {
            return $"A namespace must contain printable ASCII characters only; the character at position {illegal} is not printable ASCII";
        }

        return name!.StartsWith(ReservedPrefix, StringComparison.Ordinal)
            ? $"A namespace must not begin with {ReservedPrefix}, which is reserved" : null;
    }

    /// <summary>Converts a text such as the application's name to a namespace. Each character that is not allowed becomes a dash.</summary>
    internal static string ToNamespace(string text)
    {
        string legal = string.Create(Math.Min(text.Length, ServiceLimits.PutMetricData.MaxNameLength), text, static (name, source) =>
        {
            source.AsSpan(0, name.Length).CopyTo(name);
            for (int i = name.IndexOfAnyExceptInRange(' ', '~'); i >= 0; i = name.IndexOfAnyExceptInRange(' ', '~'))
            {
                name[i] = '-';
            }
        });

        if (legal.StartsWith(ReservedPrefix, StringComparison.Ordinal))
        {
            return string.Concat("AWS-", legal.AsSpan(ReservedPrefix.Length));
        }

        return string.IsNullOrWhiteSpace(legal) ? DefaultNamespace : legal;
    }

    internal static string? CheckName(string? name) => CheckText(name, "A metric name", ServiceLimits.PutMetricData.MaxNameLength);

    internal static string? CheckDimension(MetricDimension dimension)
    {
        string? broken = CheckText(dimension.Name, "A dimension name", ServiceLimits.PutMetricData.MaxNameLength);
        if (broken is null && !Ascii.IsValid(dimension.Name))
        {
            broken = "A dimension name must be ASCII";
        }

        return broken ?? CheckDimensionValue(dimension);
    }

    internal static string? CheckDimensions(ReadOnlySpan<MetricDimension> dimensions)
    {
        if (dimensions.Length > ServiceLimits.PutMetricData.MaxDimensions)
        {
            return $"A metric has at most {ServiceLimits.PutMetricData.MaxDimensions} dimensions, including the default ones; it has "
                + $"{dimensions.Length}";
        }

        for (int i = 0; i < dimensions.Length; i++)
        {
            if (CheckDimension(dimensions[i]) is { } broken)
            {
                return broken;
            }

            for (int j = 0; j < i; j++)
            {
                if (dimensions[i].Name == dimensions[j].Name)
                {
                    return $"A dimension name must be given only once; '{dimensions[i].Name}' is given twice";
                }
            }
        }

        return null;
    }

    /// <summary>Determines whether CloudWatch stores a value. Returns false for NaN, because every comparison with NaN is false.</summary>
    internal static bool IsValidValue(double value) => Math.Abs(value) <= ServiceLimits.PutMetricData.MaxMagnitude;

    private static string? CheckDimensionValue(MetricDimension dimension)
    {
        string? value = dimension.Value;
        if (string.IsNullOrWhiteSpace(value))
        {
            return $"The value of dimension '{dimension.Name}' must not be empty or blank";
        }

        if (value.Length > ServiceLimits.PutMetricData.MaxDimensionValueLength)
        {
            return $"The value of dimension '{dimension.Name}' has {value.Length} characters; at most "
                + $"{ServiceLimits.PutMetricData.MaxDimensionValueLength} are allowed";
        }

        return Ascii.IsValid(value) && !HasControl(value)
            ? null
            : $"The value of dimension '{dimension.Name}' must be ASCII without control characters";
    }

    private static string? CheckLength(string? text, string what, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return $"{what} must not be empty or blank";
        }

        return text.Length > maxLength ? $"{what} has at most {maxLength} characters; this one has {text.Length}" : null;
    }

    private static string? CheckText(string? text, string what, int maxLength)
    {
        if (CheckLength(text, what, maxLength) is { } broken)
        {
            return broken;
        }

        if (text![0] == ':')
        {
            return $"{what} must not begin with a colon";
        }

        return HasControl(text) ? $"{what} must not contain control characters or broken surrogate pairs" : null;
    }

    private static bool HasControl(ReadOnlySpan<char> text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            // A lone surrogate enumerates as U+FFFD. Sending U+FFFD in its place would silently change the name.
            if (Rune.IsControl(rune) || rune == Rune.ReplacementChar)
            {
                return true;
            }
        }

        return false;
    }
}
