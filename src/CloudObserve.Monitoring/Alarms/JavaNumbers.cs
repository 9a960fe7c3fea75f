using System.Globalization;

namespace CloudObserve.Monitoring.Alarms;

/// <summary>Formats numbers as CloudWatch does in reasons: with a fraction, and with an exponent outside of 0.001 to 10,000,000.</summary>
internal static class JavaNumbers
{
    private const int MinExponent = -3;
    private const int MaxExponent = 6;
    private const double MaxWhole = 10_000_000;

    internal static string Format(double value)
    {
        if (!double.IsFinite(value) || value == 0)
        {
            return value == 0 ? double.IsNegative(value) ? "-0.0" : "0.0" : value.ToString(CultureInfo.InvariantCulture);
        }

        if (Math.Abs(value) < MaxWhole && value % 1 == 0)
        {
            return ((int)value).ToString(CultureInfo.InvariantCulture) + ".0";
        }

        // The shortest digits that read back as the same number, in the form d.ddddE+xxx.
        string scientific = value.ToString("E16", CultureInfo.InvariantCulture);
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int mark = scientific.IndexOf('E', StringComparison.Ordinal);
        int exponent = int.Parse(scientific.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string digits = Digits(shortest);
        string sign = value < 0 ? "-" : "";
        if (exponent is < MinExponent or > MaxExponent)
        {
            return $"{sign}{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{exponent.ToString(CultureInfo.InvariantCulture)}";
        }

        if (exponent < 0)
        {
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        }

        string padded = digits.PadRight(exponent + 1, '0');
        string fraction = padded[(exponent + 1)..];
        return $"{sign}{padded[..(exponent + 1)]}.{(fraction.Length > 0 ? fraction : "0")}";
    }

    // The significant digits, without sign, point, exponent, and zeros at both ends.
    private static string Digits(string text)
    {
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        string mantissa = exponent < 0 ? text : text[..exponent];
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('-').Trim('0');
        return digits.Length > 0 ? digits : "0";
    }
}
