namespace CloudObserve.Monitoring.Insights.Values;

/// <summary>Reads times such as <c>2026-11-30T07:00:00.123Z</c> at the beginning of a text.</summary>
internal static class IsoTime
{
    /// <summary>Reads a time. The time of day, its fraction and the zone may be missing; then it is midnight, or UTC.</summary>
    /// <param name="text">The text.</param>
    /// <param name="milliseconds">The time in milliseconds since 1970.</param>
    /// <param name="length">The number of bytes of the time.</param>
    internal static bool TryParse(ReadOnlySpan<byte> text, out double milliseconds, out int length)
    {
        (milliseconds, length) = (0, 0);
        if (text.Length < 10 || text[4] is not ((byte)'-' or (byte)'/') || text[7] != text[4]
            || !TryNumber(text, 0, 4, out int year) || !TryNumber(text, 5, 2, out int month) || !TryNumber(text, 8, 2, out int day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        length = 10;
        milliseconds = LogTimes.Milliseconds(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc));
        return text.Length < 16 || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ') || text[13] != ':'
            ? text.Length == 10 || !char.IsAsciiLetterOrDigit((char)text[10])
            : TryParseTime(text, ref milliseconds, ref length);
    }

    private static bool TryParseTime(ReadOnlySpan<byte> text, ref double milliseconds, ref int length)
    {
        if (!TryNumber(text, 11, 2, out int hour) || !TryNumber(text, 14, 2, out int minute) || hour > 23 || minute > 59)
        {
            return false;
        }

        length = 16;
        int second = 0;
        if (length + 2 < text.Length && text[length] == ':' && TryNumber(text, 17, 2, out second))
        {
            length = 19;
        }

        if (second > 60)
        {
            return false;
        }

        double fraction = length == 19 ? Fraction(text, ref length) : 0;
        milliseconds += (((((hour * 60.0) + minute) * 60) + second) * 1_000) + fraction - (Zone(text, ref length) * 60_000.0);
        return length == text.Length || !char.IsAsciiDigit((char)text[length]);
    }

    // In whole milliseconds.
    private static double Fraction(ReadOnlySpan<byte> text, ref int length)
    {
        if (length + 1 >= text.Length || text[length] is not ((byte)'.' or (byte)',') || !char.IsAsciiDigit((char)text[length + 1]))
        {
            return 0;
        }

        int value = 0;
        int digits = 0;
        for (length++; length < text.Length && char.IsAsciiDigit((char)text[length]); length++)
        {
            value = digits < 3 ? (value * 10) + text[length] - '0' : value;
            digits++;
        }

        return digits == 1 ? value * 100 : digits == 2 ? value * 10 : value;
    }

    // The offset from UTC in minutes.
    private static int Zone(ReadOnlySpan<byte> text, ref int length)
    {
        if (length == text.Length)
        {
            return 0;
        }

        if (text[length] is (byte)'Z' or (byte)'z')
        {
            length++;
            return 0;
        }

        int sign = text[length] == '+' ? 1 : text[length] == '-' ? -1 : 0;
        if (sign == 0 || !TryNumber(text, length + 1, 2, out int hours))
        {
            return 0;
        }

        int colon = length + 3 < text.Length && text[length + 3] == ':' ? 1 : 0;
        bool hasMinutes = TryNumber(text, length + 3 + colon, 2, out int minutes);
        length += hasMinutes ? 5 + colon : 3;
        return sign * ((hours * 60) + (hasMinutes ? minutes : 0));
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, int start, int count, out int number)
    {
        number = 0;
        if (start + count > text.Length)
        {
            return false;
        }

        foreach (byte digit in text.Slice(start, count))
        {
            uint value = (uint)(digit - '0');
            if (value > 9)
            {
                return false;
            }

            number = (number * 10) + (int)value;
        }

        return true;
    }
}
