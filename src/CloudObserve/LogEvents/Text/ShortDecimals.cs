using System.Buffers.Text;

namespace CloudObserve.LogEvents.Text;

/// <summary>Writes doubles that are decimals with few digits, such as prices and milliseconds, faster than the general algorithm.</summary>
/// <remarks>
/// A double corresponds to at most one decimal of up to 15 digits. So if dividing the digits of such a decimal by a power of ten yields the
/// double, that decimal is its shortest round-trip text, and no search is needed. All other values are left to the framework.
/// </remarks>
internal static class ShortDecimals
{
    private const int Decimals = 3;
    private const double Scale = 1000;
    private const double MostDigits = 1e15;

    /// <returns><see langword="true"/> if the value was written; otherwise nothing was written.</returns>
    internal static bool TryWrite(double value, Span<byte> target, out int written)
    {
        written = 0;
        double scaled = value * Scale;

        // Also false for NaN. Zero is excluded, because it may be negative.
        if (!(Math.Abs(scaled) is >= 1 and < MostDigits))
        {
            return false;
        }

        long digits = (long)scaled;
        if (digits / Scale != value)
        {
            return false;
        }

        (long whole, long fraction) = Math.DivRem(Math.Abs(digits), (long)Scale);
        if (digits < 0)
        {
            target[written++] = (byte)'-';
        }

        if (!Utf8Formatter.TryFormat(whole, target[written..], out int length))
        {
            return false;
        }

        written += length;
        if (fraction > 0)
        {
            written += WriteFraction((int)fraction, target[written..]);
        }

        return true;
    }

    private static int WriteFraction(int thousandths, Span<byte> target)
    {
        target[0] = (byte)'.';
        target[1] = (byte)('0' + (thousandths / 100));
        target[2] = (byte)('0' + (thousandths / 10 % 10));
        target[3] = (byte)('0' + (thousandths % 10));
        int length = 1 + Decimals;
        while (target[length - 1] == '0')
        {
            length--;
        }

        return length;
    }
}
