using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CloudObserve.Tests.Conventions;

/// <summary>
/// Reads "The default is 64 MiB", "… 15 seconds", "… <c>true</c>" back into a value. A default that depends on something says
/// "The default depends on …"; one of another type than a number, a time, a switch or an enum is not compared.
/// </summary>
internal static partial class StatedDefault
{
    private static readonly Dictionary<string, double> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = 1,
        ["byte"] = 1,
        ["KiB"] = 1 << 10,
        ["MiB"] = 1 << 20,
        ["GiB"] = 1 << 30,
        ["KB"] = 1e3,
        ["MB"] = 1e6,
        ["GB"] = 1e9,
        ["millisecond"] = 0.001,
        ["ms"] = 0.001,
        ["second"] = 1,
        ["minute"] = 60,
        ["hour"] = 3600,
        ["day"] = 86400,
        ["week"] = 604800,
    };

    internal static bool Agrees(XElement value, Type type, object? actual)
    {
        string stated = Spell(value);
        if (stated.Contains("default depends on", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (actual is null)
        {
            return !IsSimple(Nullable.GetUnderlyingType(type) ?? type) || Default().Match(stated).Groups["word"].Value == "null";
        }

        return actual switch
        {
            bool or Enum => Default().Match(stated).Groups["word"].Value.Equals(actual.ToString(), StringComparison.OrdinalIgnoreCase),
            TimeSpan time => Number(stated) is { } seconds && Close(seconds, time.TotalSeconds),
            IConvertible number when IsSimple(actual.GetType()) => Number(stated) is { } n
                && Close(n, number.ToDouble(CultureInfo.InvariantCulture)),
            _ => true,
        };
    }

    private static bool IsSimple(Type type) =>
        type.IsEnum || type == typeof(TimeSpan) || (type.IsPrimitive && type != typeof(char)) || type == typeof(decimal);

    private static bool Close(double stated, double actual) => Math.Abs(stated - actual) <= 1e-9 * Math.Max(1, Math.Abs(actual));

    private static double? Number(string stated)
    {
        Match match = Default().Match(stated);
        return InBaseUnit(match.Groups["number"].Value, match.Groups["unit"].Value);
    }

    /// <summary>Reads "64" and "MiB" as bytes, "15" and "minutes" as seconds; an unknown unit counts as one.</summary>
    internal static double? InBaseUnit(string number, string unit)
    {
        unit = Units.ContainsKey(unit) ? unit : unit.TrimEnd('s');
        return double.TryParse(number.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out double read)
            ? read * Units.GetValueOrDefault(unit, 1)
            : null;
    }

    /// <summary>
    /// The element's text with <c>langword</c> and <c>cref</c> spelled out: <c>null</c>, <c>true</c>, the last part of a member's name.
    /// </summary>
    private static string Spell(XElement value) => string.Concat(value.DescendantNodes().Select(n => n switch
    {
        XText text => text.Value,
        XElement see => (string?)see.Attribute("langword") ?? ((string?)see.Attribute("cref"))?.Split('.')[^1] ?? "",
        _ => "",
    }));

    [GeneratedRegex(@"default is\s+((?<number>-?\d[\d,]*(\.\d+)?)\s*(?<unit>[A-Za-z]*)|(?<word>\w+))", RegexOptions.IgnoreCase)]
    private static partial Regex Default();
}
