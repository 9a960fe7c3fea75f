using System.Globalization;
using System.Text.RegularExpressions;

namespace CloudObserve.Cli.Alarms.Scenarios;

/// <summary>Reads series in the notation of promtool, such as <c>0x5 1 2 _ _ 10+5x3</c>.</summary>
/// <remarks>
/// <c>1x4</c> is a value and 4 repetitions, <c>10+5x3</c> a value and 3 more, each larger by 5, and <c>_x2</c> two gaps.
/// </remarks>
internal static partial class CompactValues
{
    /// <summary>The largest number of values of a series.</summary>
    internal const int MaxValues = 1_000_000;

    /// <summary>Reads a series.</summary>
    /// <returns>The values; <see langword="null"/> for a gap.</returns>
    /// <exception cref="FormatException">A part is invalid, or there are too many values.</exception>
    internal static List<double?> Parse(string text)
    {
        List<double?> values = [];
        foreach (string part in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            Match match = Part().Match(part);
            int repetitions = 0;
            if (!match.Success || (match.Groups["times"] is { Success: true } times && !TryCount(times.ValueSpan, out repetitions)))
            {
                throw new FormatException($"'{part}' must be a number such as 12.5, a gap '_', or a repetition such as 0x5, 10+5x3 or _x2");
            }

            bool isGap = match.Groups["gap"].Success;
            int count = isGap && match.Groups["times"].Success ? repetitions : repetitions + 1;
            if (values.Count + (long)count > MaxValues)
            {
                throw new FormatException($"a series has at most {MaxValues} values");
            }

            double first = isGap ? 0 : Number(match.Groups["first"].ValueSpan);
            double step = match.Groups["step"].Success ? Number(match.Groups["step"].ValueSpan) : 0;
            for (int i = 0; i < count; i++)
            {
                values.Add(isGap ? null : Finite(first + (i * step), part));
            }
        }

        return values;
    }

    private static bool TryCount(ReadOnlySpan<char> text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= MaxValues;

    private static double Number(ReadOnlySpan<char> text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static double Finite(double value, string part) =>
        double.IsFinite(value) ? value : throw new FormatException($"'{part}' has a value that is not finite");

    [GeneratedRegex(
        @"\A((?<gap>_)|(?<first>[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)((?<step>[+-][0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)(?=x))?)(x(?<times>[0-9]+))?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Part();
}
