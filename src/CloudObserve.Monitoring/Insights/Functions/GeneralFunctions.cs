using System.Text;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Functions;

/// <summary>Contains the functions of values of any kind.</summary>
internal static class GeneralFunctions
{
    private const int MaxBranches = 10;

    internal static IEnumerable<ScalarFunction> All =>
    [
        new("ispresent", 1, 1, static arguments => LogValue.From(!arguments[0].IsMissing)),
        new("isempty", 1, 1, static arguments =>
            LogValue.From(arguments[0].IsMissing || IsText(arguments[0], static text => text.IsEmpty))),
        new("isblank", 1, 1, static arguments => LogValue.From(arguments[0].IsMissing || IsText(arguments[0], IsBlank))),
        new("isNumeric", 1, 1, static arguments => LogValue.From(arguments[0].TryGetNumber(out _))),
        new("coalesce", 1, ScalarFunction.Unlimited, static arguments => arguments.FirstOrDefault(static a => !a.IsMissing)),
        new("if", 3, 3, static arguments => arguments[0].IsTrue ? arguments[1] : arguments[2]),
        new("case", 2, (2 * MaxBranches) + 1, Case),
        new("messageSize", 1, 1, static arguments =>
            arguments[0].IsMissing ? LogValue.Missing : LogValue.From((double)arguments[0].ToUtf8().Length)),
    ];

    // Conditions and values by turns, and a last value if no condition holds.
    private static LogValue Case(LogValue[] arguments)
    {
        for (int i = 0; i + 1 < arguments.Length; i += 2)
        {
            if (arguments[i].IsTrue)
            {
                return arguments[i + 1];
            }
        }

        return arguments.Length % 2 == 1 ? arguments[^1] : LogValue.Missing;
    }

    private static bool IsText(in LogValue value, Func<ReadOnlySpan<byte>, bool> test) =>
        value.Kind == LogValueKind.Text && test(value.Utf8);

    private static bool IsBlank(ReadOnlySpan<byte> text) => string.IsNullOrWhiteSpace(Encoding.UTF8.GetString(text));
}
