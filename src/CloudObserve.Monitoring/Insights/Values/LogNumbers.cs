using System.Globalization;
using System.Text;

namespace CloudObserve.Monitoring.Insights.Values;

/// <summary>Reads and writes numbers.</summary>
internal static class LogNumbers
{
    // Each integer of at most this many digits is a double.
    private const int SafeDigits = 15;

    private const double MaxPlainInteger = 1e18;

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Reads a text that is a decimal number as a whole, such as <c>-1.5e3</c>.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        if (text.IsEmpty || text.Length > 400)
        {
            return false;
        }

        if (text.Length <= SafeDigits && TryParseDigits(text, out number))
        {
            return true;
        }

        // .NET reads words such as Infinity, too.
        return text[^1] is (>= (byte)'0' and <= (byte)'9') or (byte)'.' && text[0] is not ((byte)'I' or (byte)'N')
            && double.TryParse(text, Style, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    /// <summary>Gets whether an integer has more digits than a double can hold, so that it must remain a text.</summary>
    internal static bool LosesDigits(ReadOnlySpan<byte> text, double number) =>
        text.Length > SafeDigits && text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
        && !Encoding.ASCII.GetBytes(Format(number)).AsSpan().SequenceEqual(text);

    /// <summary>Writes the shortest text that is read as the same number.</summary>
    internal static string Format(double number)
    {
        if (number == Math.Floor(number) && Math.Abs(number) < MaxPlainInteger)
        {
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        }

        string text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) && Math.Abs(number) is >= 1e-7 and < 1
            ? number.ToString("0.###############################", CultureInfo.InvariantCulture)
            : text;
    }

    private static bool TryParseDigits(ReadOnlySpan<byte> text, out double number)
    {
        long value = 0;
        foreach (byte digit in text)
        {
            uint next = (uint)(digit - '0');
            if (next > 9)
            {
                number = 0;
                return false;
            }

            value = (value * 10) + next;
        }

        number = value;
        return true;
    }
}
