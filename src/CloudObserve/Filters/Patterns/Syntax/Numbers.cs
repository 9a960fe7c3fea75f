using System.Buffers.Text;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>
/// Parses numbers in the syntax of the pattern language: an optional sign, digits, a fraction or both, and an optional exponent.
/// </summary>
internal static class Numbers
{
    // A double represents integers of up to 15 digits exactly, so they need no rounding.
    private const int ExactDigits = 15;

    /// <summary>Parses a number that spans the whole text.</summary>
    /// <remarks>A number that is too large for a double becomes infinity.</remarks>
    internal static bool TryParse(ReadOnlySpan<byte> utf8, out double value)
    {
        int sign = utf8.IsEmpty || utf8[0] is not ((byte)'-' or (byte)'+') ? 0 : 1;
        int digits = Digits(utf8[sign..]);
        if (digits > 0 && digits <= ExactDigits && sign + digits == utf8.Length)
        {
            value = Exact(utf8[sign..], utf8[0] == '-');
            return true;
        }

        value = 0;
        return HasNumberShape(utf8[(sign + digits)..], digits > 0)
            && Utf8Parser.TryParse(utf8, out value, out int consumed) && consumed == utf8.Length;
    }

    private static double Exact(ReadOnlySpan<byte> digits, bool negative)
    {
        long value = 0;
        foreach (byte digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return negative ? -(double)value : value;
    }

    // Checked first, because the framework's parser also accepts forms such as "5." that are texts in the pattern language.
    private static bool HasNumberShape(ReadOnlySpan<byte> rest, bool hasDigits)
    {
        if (!rest.IsEmpty && rest[0] == '.')
        {
            int fraction = Digits(rest[1..]);
            if (fraction == 0)
            {
                return false;
            }

            rest = rest[(1 + fraction)..];
            hasDigits = true;
        }

        if (!hasDigits)
        {
            return false;
        }

        if (!rest.IsEmpty && rest[0] is (byte)'e' or (byte)'E')
        {
            int sign = rest.Length > 1 && rest[1] is (byte)'-' or (byte)'+' ? 1 : 0;
            int exponent = Digits(rest[(1 + sign)..]);
            return exponent > 0 && exponent + sign + 1 == rest.Length;
        }

        return rest.IsEmpty;
    }

    private static int Digits(ReadOnlySpan<byte> utf8)
    {
        int length = utf8.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return length < 0 ? utf8.Length : length;
    }
}
