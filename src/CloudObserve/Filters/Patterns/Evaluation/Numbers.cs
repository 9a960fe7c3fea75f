using System.Buffers.Text;

namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Reads numbers as the pattern language writes them: an optional sign, digits, a fraction, or both, an optional exponent.</summary>
internal static class Numbers
{
    // So many digits fit a double exactly, and so need no rounding.
    private const int ExactDigits = 15;

    /// <summary>Reads a number that takes the whole text. One too large for a double reads as infinity.</summary>
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

    // Checked first because the framework's parser also takes forms such as "5." that are texts here.
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
