using System.Globalization;
using CloudObserve.Insights;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Functions;

/// <summary>Bounds the texts that functions make, so that a short query cannot fill the memory.</summary>
internal static class ComputedText
{
    /// <summary>The longest text in UTF-16 code units. An event of CloudWatch Logs has at most 1 MiB.</summary>
    internal const int MaxLength = 4 * 1024 * 1024;

    /// <summary>Refuses a text before it is made.</summary>
    /// <exception cref="InsightsQueryException">The text would be too long.</exception>
    internal static void Check(long length)
    {
        if (length > MaxLength)
        {
            throw new InsightsQueryException(string.Create(
                CultureInfo.InvariantCulture, $"a function makes a text of {length} characters: at most {MaxLength} are allowed"));
        }
    }

    /// <summary>Refuses the result of a function that makes its argument longer by a small factor.</summary>
    /// <exception cref="InsightsQueryException">The text is too long.</exception>
    internal static LogValue Checked(in LogValue value)
    {
        Check(value.Utf8.Length);
        return value;
    }
}
