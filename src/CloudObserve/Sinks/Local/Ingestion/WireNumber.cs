using System.Globalization;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Writes a number as in CloudWatch's messages, which use Java's format: <c>4.7E108</c>, <c>0.5</c>, <c>7.0</c>.</summary>
internal static class WireNumber
{
    // Java: numbers from the first limit on, and numbers below the second, have an exponent.
    private const double FirstLarge = 1e7;
    private const double LastSmall = 1e-3;

    internal static string ToText(double value)
    {
        double magnitude = Math.Abs(value);
        if (!double.IsFinite(value) || magnitude is 0 or (>= LastSmall and < FirstLarge))
        {
            string plain = value.ToString("R", CultureInfo.InvariantCulture);
            return !double.IsFinite(value) || plain.Contains('.', StringComparison.Ordinal) ? plain : plain + ".0";
        }

        string[] parts = magnitude.ToString("R", CultureInfo.InvariantCulture).Split('E');
        string whole = parts[0].Split('.')[0];
        string all = parts[0].Replace(".", "", StringComparison.Ordinal);
        string digits = all.TrimStart('0');
        int shift = parts.Length == 1 ? 0 : int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int exponent = shift + whole.Length - 1 - (all.Length - digits.Length);
        string fraction = digits[1..].TrimEnd('0');
        return string.Create(
            CultureInfo.InvariantCulture, $"{(value < 0 ? "-" : "")}{digits[0]}.{(fraction.Length == 0 ? "0" : fraction)}E{exponent}");
    }
}
