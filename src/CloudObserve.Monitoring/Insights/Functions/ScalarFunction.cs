using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Functions;

/// <summary>Represents a function of values.</summary>
/// <param name="Name">The name, as it is written in documentation.</param>
/// <param name="Least">The smallest number of arguments.</param>
/// <param name="Most">The largest number of arguments.</param>
/// <param name="Apply">Computes the result.</param>
internal sealed record ScalarFunction(string Name, int Least, int Most, Func<LogValue[], LogValue> Apply)
{
    /// <summary>The number of arguments of a function that takes any number.</summary>
    internal const int Unlimited = 100;

    /// <summary>Creates a function of a text, which is missing if the text is.</summary>
    internal static ScalarFunction OfText(string name, Func<string, LogValue> apply) =>
        new(name, 1, 1, arguments => arguments[0].AsText().ToText() is { } text ? apply(text) : LogValue.Missing);

    /// <summary>Creates a function of a text and a second one, which is missing if one of them is.</summary>
    internal static ScalarFunction OfTexts(string name, Func<string, string, LogValue> apply) => new(
        name, 2, 2, arguments => arguments[0].AsText().ToText() is { } text && arguments[1].AsText().ToText() is { } second
            ? apply(text, second)
            : LogValue.Missing);

    /// <summary>Creates a function of a number, which is missing if the argument is no number.</summary>
    internal static ScalarFunction OfNumber(string name, Func<double, double> apply) => new(
        name, 1, 1, arguments => arguments[0].TryGetNumber(out double number) ? LogValue.From(apply(number)) : LogValue.Missing);
}
