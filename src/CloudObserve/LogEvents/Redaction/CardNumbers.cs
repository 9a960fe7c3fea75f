namespace CloudObserve.LogEvents.Redaction;

/// <summary>
/// Finds payment card numbers: 13 to 19 digits, without separators or in groups separated by single spaces or dashes, with a valid
/// checksum.
/// </summary>
internal static class CardNumbers
{
    private const int MinDigits = 13;
    private const int MaxDigits = 19;
    private const int FirstGroup = 4;

    internal static void Find(in EventText text, RedactionFindings findings)
    {
        StringCursor strings = default;

        // A run of 13 digits always covers one of the positions at a distance of 13, so only those are examined.
        int at = MinDigits - 1;
        while (at < text.Length)
        {
            if (!IsRunByte(text[at]))
            {
                at += MinDigits;
                continue;
            }

            int start = at;
            while (start > 0 && IsRunByte(text[start - 1]))
            {
                start--;
            }

            int end = at + 1;
            while (end < text.Length && IsRunByte(text[end]))
            {
                end++;
            }

            if (end - start >= MinDigits)
            {
                FindInRun(text, start, end, findings, ref strings);
            }

            at = end + MinDigits;
        }
    }

    private static bool IsRunByte(byte value) => value is >= (byte)'0' and <= (byte)'9' or (byte)' ' or (byte)'-';

    private static bool IsDigit(byte value) => char.IsAsciiDigit((char)value);

    private static void FindInRun(in EventText text, int runStart, int runEnd, RedactionFindings findings, ref StringCursor strings)
    {
        int at = runStart;
        while (at < runEnd)
        {
            bool startsGroup = IsDigit(text[at]) && (at == runStart || !IsDigit(text[at - 1]));
            int end = startsGroup ? CardEnd(text, at, runEnd) : 0;
            if (end > 0 && Accept(text, at, end, ref strings) is { End: > 0 } finding)
            {
                findings.Add(finding);
                at = end;
            }
            else
            {
                at++;
            }
        }
    }

    // Returns the end of the longest card number that begins here and ends with a group.
    private static int CardEnd(in EventText text, int from, int runEnd)
    {
        // Payment cards do not begin with other digits.
        if (text[from] is < (byte)'2' or > (byte)'6')
        {
            return 0;
        }

        int found = 0;
        int digits = 0;
        byte separator = 0;
        for (int at = from; at < runEnd && digits < MaxDigits; at++)
        {
            if (IsDigit(text[at]))
            {
                digits++;
                bool endsGroup = at + 1 == runEnd || !IsDigit(text[at + 1]);
                found = endsGroup && digits >= MinDigits && PassesLuhn(text.Bytes[from..(at + 1)]) ? at + 1 : found;
            }
            else if (IsSeparator(text, at, runEnd, digits, separator))
            {
                separator = text[at];
            }
            else
            {
                break;
            }
        }

        return found;
    }

    // Card numbers are printed in groups, the first with four digits. Sequences of other numbers usually are not.
    private static bool IsSeparator(in EventText text, int at, int runEnd, int digits, byte known) =>
        at + 1 < runEnd && IsDigit(text[at + 1]) && (known == 0 ? digits == FirstGroup : known == text[at]);

    private static bool PassesLuhn(ReadOnlySpan<byte> number)
    {
        int sum = 0;
        bool doubled = false;
        for (int i = number.Length - 1; i >= 0; i--)
        {
            if (IsDigit(number[i]))
            {
                int digit = number[i] - '0';
                int value = doubled ? digit * 2 : digit;
                sum += value > 9 ? value - 9 : value;
                doubled = !doubled;
            }
        }

        return sum % 10 == 0;
    }

    private static Finding Accept(in EventText text, int start, int end, ref StringCursor strings)
    {
        if (text.IsJson && !strings.IsInside(text, start))
        {
            // A number in JSON is replaced as a whole, and the marker then needs quotation marks.
            bool isWhole = text.At(start - 1) is (byte)':' or (byte)',' or (byte)'[' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'
                && text.At(end) is (byte)',' or (byte)']' or (byte)'}' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';
            return isWhole ? new Finding(start, end, FindingKinds.CardNumber, QuoteToken.Plain) : default;
        }

        bool isAlone = text.IsBoundaryBefore(start) && text.IsBoundaryAfter(end) && !text.IsInsideEscape(start)
            && !(text.At(start - 1) == '.' && IsDigit(text.At(start - 2))) && !(text.At(end) == '.' && IsDigit(text.At(end + 1)));
        return isAlone ? new Finding(start, end, FindingKinds.CardNumber) : default;
    }
}
