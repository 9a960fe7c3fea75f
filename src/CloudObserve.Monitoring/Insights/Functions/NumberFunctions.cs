using System.Globalization;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Functions;

/// <summary>Contains the functions of numbers.</summary>
internal static class NumberFunctions
{
    private const double EarthRadiusKilometers = 6371.0088;
    private const int MaxDigits = 15;

    internal static IEnumerable<ScalarFunction> All =>
    [
        ScalarFunction.OfNumber("abs", Math.Abs),
        ScalarFunction.OfNumber("ceil", Math.Ceiling),
        ScalarFunction.OfNumber("floor", Math.Floor),
        ScalarFunction.OfNumber("log", Math.Log),
        ScalarFunction.OfNumber("sqrt", Math.Sqrt),
        ScalarFunction.OfNumber("toInt", number => Truncate(number, int.MinValue, int.MaxValue)),
        ScalarFunction.OfNumber("toLong", number => Truncate(number, long.MinValue, long.MaxValue)),
        ScalarFunction.OfNumber("toDouble", static number => number),
        ScalarFunction.OfNumber("toNumber", static number => number),
        new("round", 1, 2, Round),
        new("greatest", 1, ScalarFunction.Unlimited, static arguments => Choose(arguments, Math.Max)),
        new("least", 1, ScalarFunction.Unlimited, static arguments => Choose(arguments, Math.Min)),
        new("haversine", 4, 4, Haversine),
        new("decToHex", 1, 1, DecToHex),
        ScalarFunction.OfText("hexToDec", HexToDec),
    ];

    private static double Truncate(double number, double least, double most) =>
        Math.Truncate(number) is var whole && whole >= least && whole <= most ? whole : double.NaN;

    private static LogValue Round(LogValue[] arguments)
    {
        double digits = 0;
        return arguments[0].TryGetNumber(out double number)
            && (arguments.Length == 1 || arguments[1].TryGetNumber(out digits)) && digits is >= 0 and <= MaxDigits
            ? LogValue.From(Math.Abs(number) < 1e15 ? Math.Round(number, (int)digits, MidpointRounding.AwayFromZero) : number)
            : LogValue.Missing;
    }

    private static LogValue Choose(LogValue[] arguments, Func<double, double, double> choose)
    {
        double? chosen = null;
        foreach (LogValue argument in arguments)
        {
            if (argument.TryGetNumber(out double number))
            {
                chosen = chosen is { } other ? choose(other, number) : number;
            }
        }

        return chosen is { } result ? LogValue.From(result) : LogValue.Missing;
    }

    // Latitude and longitude of two places in degrees; the distance in kilometers.
    private static LogValue Haversine(LogValue[] arguments)
    {
        double[] radians = new double[4];
        for (int i = 0; i < radians.Length; i++)
        {
            if (!arguments[i].TryGetNumber(out double degrees))
            {
                return LogValue.Missing;
            }

            radians[i] = degrees * Math.PI / 180;
        }

        double height = Math.Pow(Math.Sin((radians[2] - radians[0]) / 2), 2);
        double width = Math.Pow(Math.Sin((radians[3] - radians[1]) / 2), 2);
        double half = height + (Math.Cos(radians[0]) * Math.Cos(radians[2]) * width);
        return LogValue.From(2 * EarthRadiusKilometers * Math.Asin(Math.Sqrt(Math.Min(1, half))));
    }

    private static LogValue DecToHex(LogValue[] arguments) =>
        arguments[0].TryGetNumber(out double number) && Math.Abs(number) < 1e18
            ? LogValue.From(string.Create(CultureInfo.InvariantCulture, $"{(number < 0 ? "-" : "")}0x{Math.Abs((long)number):x}"))
            : LogValue.Missing;

    private static LogValue HexToDec(string text)
    {
        ReadOnlySpan<char> digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;
        return ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong number)
            ? LogValue.From((double)number)
            : LogValue.Missing;
    }
}
