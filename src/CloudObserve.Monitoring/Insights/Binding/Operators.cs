using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Binding;

/// <summary>Contains the operators between two values.</summary>
/// <remarks>
/// A comparison with a missing value is missing; <c>and</c>, <c>or</c> and <c>not</c> treat it as unknown, so that a filter never passes a
/// row because a field is absent.
/// </remarks>
internal static class Operators
{
    /// <summary>Creates the function of an operator.</summary>
    internal static RowFunction Bind(string sign, RowFunction left, RowFunction right) => sign switch
    {
        "and" => row => And(left(row), right, row),
        "or" => row => Or(left(row), right, row),
        "=" => row => Truth(LogComparison.AreEqual(left(row), right(row))),
        "!=" => row => Truth(LogComparison.Differ(left(row), right(row))),
        "<" => row => Truth(LogComparison.Order(left(row), right(row), static order => order < 0)),
        "<=" => row => Truth(LogComparison.Order(left(row), right(row), static order => order <= 0)),
        ">" => row => Truth(LogComparison.Order(left(row), right(row), static order => order > 0)),
        ">=" => row => Truth(LogComparison.Order(left(row), right(row), static order => order >= 0)),
        "+" => Arithmetic(left, right, static (a, b) => a + b),
        "-" => Arithmetic(left, right, static (a, b) => a - b),
        "*" => Arithmetic(left, right, static (a, b) => a * b),
        "/" => Arithmetic(left, right, static (a, b) => b == 0 ? double.NaN : a / b),
        "%" => Arithmetic(left, right, static (a, b) => a % b),
        "^" => Arithmetic(left, right, Math.Pow),
        _ => throw new ArgumentException($"The operator '{sign}' is unknown.", nameof(sign)),
    };

    private static LogValue Truth(bool? value) => value is { } known ? LogValue.From(known) : LogValue.Missing;

    private static RowFunction Arithmetic(RowFunction left, RowFunction right, Func<double, double, double> compute) => row =>
        left(row).TryGetNumber(out double first) && right(row).TryGetNumber(out double second)
            ? LogValue.From(compute(first, second))
            : LogValue.Missing;

    private static LogValue And(in LogValue left, RowFunction right, LogRow row)
    {
        if (!left.IsMissing && !left.IsTrue)
        {
            return LogValue.From(false);
        }

        LogValue second = right(row);
        return !second.IsMissing && !second.IsTrue ? LogValue.From(false)
            : left.IsMissing || second.IsMissing ? LogValue.Missing
            : LogValue.From(true);
    }

    private static LogValue Or(in LogValue left, RowFunction right, LogRow row)
    {
        if (left.IsTrue)
        {
            return LogValue.From(true);
        }

        LogValue second = right(row);
        return second.IsTrue ? LogValue.From(true)
            : left.IsMissing || second.IsMissing ? LogValue.Missing
            : LogValue.From(false);
    }
}
