using System.Globalization;
using System.Text.RegularExpressions;
using CloudObserve.Tests.Conventions;

namespace CloudObserve.Tests.Documentation;

/// <summary>The least and the greatest value that a key's documentation begins with: "2 MiB to 1 GiB. ...".</summary>
/// <param name="Min">The least; a time in seconds.</param>
/// <param name="Max">The greatest.</param>
internal sealed partial record StatedRange(double Min, double Max)
{
    internal static StatedRange? Of(OptionKey key)
    {
        Match match = Range().Match(key.Value);
        return match.Success && IsNumberOrTime(key.Type)
            && StatedDefault.InBaseUnit(match.Groups["min"].Value, match.Groups["minUnit"].Value) is { } min
            && StatedDefault.InBaseUnit(match.Groups["max"].Value, match.Groups["maxUnit"].Value) is { } max
            ? new StatedRange(min, max)
            : null;
    }

    internal static bool IsNumberOrTime(Type type) => type == typeof(TimeSpan) || (type.IsPrimitive && type != typeof(bool));

    /// <summary>Writes a value as configuration has it, moved by so many of the smallest steps of its type.</summary>
    internal static string Text(Type type, double value, int steps) => type == typeof(TimeSpan)
        ? (TimeSpan.FromSeconds(value) + TimeSpan.FromTicks(steps)).ToString("c", CultureInfo.InvariantCulture)
        : ((long)value + steps).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<min>\d[\d,]*)\s*(?<minUnit>[A-Za-z]*) to (?<max>\d[\d,]*)\s*(?<maxUnit>[A-Za-z]*)")]
    private static partial Regex Range();
}
