using System.Globalization;

namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Reads JSON numbers that a double holds exactly as they are written.</summary>
/// <remarks>
/// EventBridge compares a number only if the shortest text of its double has the same value. So 0.1 is compared, and 9007199254740993 is
/// not.
/// </remarks>
internal static class JsonNumbers
{
    // No shortest text of a double has more digits, and a double holds every number of so few digits.
    private const int MaxDigits = 17;
    private const int SafeDigits = 15;
    private const double SafeMin = 1e-290;

    // The powers of ten that a double holds exactly.
    private static readonly double[] Powers =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>Returns whether EventBridge compares a number, and its value.</summary>
    /// <param name="text">A valid JSON number.</param>
    /// <param name="value">The value; zero is never negative.</param>
    internal static bool TryGetDouble(ReadOnlySpan<byte> text, out double value) =>
        TryRead(text, out value, out Decimal exact) && IsExact(value, exact);

    /// <summary>Reads the nearest double of a number that may be comparable.</summary>
    /// <param name="text">A valid JSON number.</param>
    /// <param name="value">The nearest double.</param>
    /// <param name="exact">The digits of the number, for <see cref="IsExact"/>.</param>
    /// <returns><see langword="false"/> if the number has too many digits or is too large.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> text, out double value, out Decimal exact)
    {
        value = 0;
        exact = Decimal.Of(text);
        if (exact.Mantissa == 0)
        {
            return true;
        }

        if (exact.Count > MaxDigits)
        {
            return false;
        }

        int power = Math.Abs(exact.Exponent);
        if (exact.Count <= SafeDigits && power < Powers.Length)
        {
            double mantissa = exact.Mantissa;
            value = exact.Exponent < 0 ? mantissa / Powers[power] : mantissa * Powers[power];
            value = exact.IsNegative ? -value : value;
            return true;
        }

        value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) && value != 0;
    }

    /// <summary>Returns whether the shortest text of a double has the value of a number.</summary>
    internal static bool IsExact(double value, in Decimal exact)
    {
        if (exact.Mantissa == 0 || (exact.Count <= SafeDigits && Math.Abs(value) > SafeMin))
        {
            return true;
        }

        Span<byte> shortest = stackalloc byte[32];
        _ = value.TryFormat(shortest, out int length, "R", CultureInfo.InvariantCulture);
        Decimal read = Decimal.Of(shortest[..length]);
        if (read.Count == 1)
        {
            // Java writes at least two digits.
            _ = value.TryFormat(shortest, out length, "E1", CultureInfo.InvariantCulture);
            read = Decimal.Of(shortest[..length]);
        }

        return read.Mantissa == exact.Mantissa && read.Exponent == exact.Exponent;
    }

    /// <summary>Represents a decimal number without zeros at its ends.</summary>
    /// <param name="Mantissa">The first digits.</param>
    /// <param name="Count">The number of digits.</param>
    /// <param name="Exponent">The power of ten of the last digit.</param>
    /// <param name="IsNegative">Whether it is below zero.</param>
    internal readonly record struct Decimal(ulong Mantissa, int Count, int Exponent, bool IsNegative)
    {
        private const int MaxKept = 18;
        private const int MaxExponent = 100_000_000;

        internal static Decimal Of(ReadOnlySpan<byte> text)
        {
            ulong mantissa = 0;
            int count = 0;
            int zeros = 0;
            int exponent = 0;
            bool isFraction = false;
            int i = text[0] == '-' ? 1 : 0;
            for (; i < text.Length && text[i] is not ((byte)'e' or (byte)'E'); i++)
            {
                if (text[i] == '.')
                {
                    isFraction = true;
                    continue;
                }

                exponent -= isFraction ? 1 : 0;
                if (text[i] == '0')
                {
                    zeros++;
                    continue;
                }

                // Zeros count only between other digits.
                int added = count == 0 ? 1 : zeros + 1;
                for (int j = 0; j < added && count + j < MaxKept; j++)
                {
                    mantissa *= 10;
                }

                count += added;
                mantissa += count <= MaxKept ? (ulong)(text[i] - '0') : 0;
                zeros = 0;
            }

            exponent += count == 0 ? 0 : zeros;
            return new Decimal(mantissa, count, exponent + ReadExponent(text[i..]), text[0] == '-');
        }

        private static int ReadExponent(ReadOnlySpan<byte> text)
        {
            int exponent = 0;
            bool isNegative = false;
            for (int i = 1; i < text.Length; i++)
            {
                isNegative |= text[i] == '-';
                exponent = text[i] is >= (byte)'0' and <= (byte)'9'
                    ? Math.Min(MaxExponent, (exponent * 10) + (text[i] - '0')) : exponent;
            }

            return isNegative ? -exponent : exponent;
        }
    }
}
