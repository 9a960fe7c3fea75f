using System.Text;

namespace CloudObserve.Monitoring.Insights.Values;

/// <summary>Compares values as the operators of the language do.</summary>
/// <remarks>
/// A comparison with a missing value is neither true nor false, and one with a map or a list is false. A number equals a text that is the
/// same number. Two texts are equal if their characters are.
/// </remarks>
internal static class LogComparison
{
    /// <summary>Compares for equality.</summary>
    /// <returns><see langword="null"/> if a value is missing.</returns>
    internal static bool? AreEqual(in LogValue left, in LogValue right) =>
        left.IsMissing || right.IsMissing ? null
        : left.IsStructure || right.IsStructure ? false
        : left.Kind == LogValueKind.Text && right.Kind == LogValueKind.Text ? left.Utf8.SequenceEqual(right.Utf8)
        : TryGetNumbers(left, right, out double first, out double second) && first == second;

    /// <summary>Compares for inequality: true for values that can be compared and differ.</summary>
    /// <returns><see langword="null"/> if a value is missing.</returns>
    internal static bool? Differ(in LogValue left, in LogValue right) =>
        left.IsStructure || right.IsStructure ? left.IsMissing || right.IsMissing ? null : false : !AreEqual(left, right);

    /// <summary>Compares for order.</summary>
    /// <param name="left">The left value.</param>
    /// <param name="right">The right value.</param>
    /// <param name="holds">Tells for a negative number, 0 or a positive number whether the comparison holds.</param>
    /// <returns><see langword="null"/> if a value is missing.</returns>
    internal static bool? Order(in LogValue left, in LogValue right, Func<int, bool> holds)
    {
        if (left.IsMissing || right.IsMissing)
        {
            return null;
        }

        return TryGetNumbers(left, right, out double first, out double second) ? holds(first.CompareTo(second))
            : left.Kind == LogValueKind.Text && right.Kind == LogValueKind.Text && holds(left.Utf8.SequenceCompareTo(right.Utf8));
    }

    private static bool TryGetNumbers(in LogValue left, in LogValue right, out double first, out double second)
    {
        second = 0;
        return TryGetNumber(left, right.Kind, out first) && TryGetNumber(right, left.Kind, out second);
    }

    private static bool TryGetNumber(in LogValue value, LogValueKind other, out double number) =>
        value.TryGetNumber(out number)
        || (value.Kind == LogValueKind.Text && other switch
        {
            LogValueKind.Time => LogTimes.TryParse(value.Utf8, out number),
            LogValueKind.Boolean => TryGetBoolean(value.Utf8, out number),
            _ => false,
        });

    private static bool TryGetBoolean(ReadOnlySpan<byte> text, out double number)
    {
        bool isTrue = Ascii.EqualsIgnoreCase(text, "true"u8);
        number = isTrue ? 1 : 0;
        return isTrue || Ascii.EqualsIgnoreCase(text, "false"u8);
    }
}
