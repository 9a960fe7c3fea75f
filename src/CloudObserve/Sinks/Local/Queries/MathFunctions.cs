using System.Collections.Frozen;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>The functions of metric math, used to refuse an unknown function as CloudWatch refuses it.</summary>
/// <remarks>Source: "Functions supported for metric math" in the user guide.</remarks>
internal static class MathFunctions
{
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
    [
        "ABS", "ANOMALY_DETECTION_BAND", "AVG", "CEIL", "DATAPOINT_COUNT", "DATE", "DAY", "DB_PERF_INSIGHTS", "DIFF", "DIFF_TIME", "EPOCH",
        "FILL",
        "FIRST", "FLOOR", "HOUR", "IF", "INSIGHT_RULE_METRIC", "LAMBDA", "LAST", "LOG", "LOG10", "MAX", "METRICS", "METRIC_COUNT", "MIN",
            "MINUTE",
        "MONTH", "PERIOD", "RATE", "REMOVE_EMPTY", "RUNNING_SUM", "SEARCH", "SERVICE_QUOTA", "SLICE", "SORT", "STDDEV", "SUM",
            "TIME_SERIES", "YEAR",
    ], StringComparer.Ordinal);

    // Operators that may be followed by a parenthesis without being functions.
    private static readonly FrozenSet<string> Operators = FrozenSet.ToFrozenSet(["AND", "OR"], StringComparer.Ordinal);

    /// <summary>
    /// Returns the first called name that is not a function, or <see langword="null"/> if there is none or for a Metrics Insights query.
    /// </summary>
    internal static string? FirstUnknown(string expression)
    {
        if (expression.TrimStart().StartsWith("SELECT ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        for (int i = 0; i < expression.Length; i++)
        {
            if (expression[i] is '"' or '\'')
            {
                i = EndOfText(expression, i);
            }
            else if (IsNamePart(expression[i]))
            {
                int start = i;
                i = EndOfName(expression, i);
                string name = expression[start..i];
                if (IsCalled(expression, i) && !Known.Contains(name) && !Operators.Contains(name))
                {
                    return name;
                }

                i--;
            }
        }

        return null;
    }

    private static int EndOfText(string expression, int start)
    {
        int end = expression.IndexOf(expression[start], start + 1);
        return end < 0 ? expression.Length : end;
    }

    private static int EndOfName(string expression, int start)
    {
        int end = start;
        while (end < expression.Length && IsNamePart(expression[end]))
        {
            end++;
        }

        return end;
    }

    private static bool IsCalled(string expression, int end) => expression.AsSpan(end).TrimStart().StartsWith("(");

    private static bool IsNamePart(char value) => char.IsAsciiLetterOrDigit(value) || value == '_';
}
