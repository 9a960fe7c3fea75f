namespace CloudObserve.LogEvents.Redaction;

/// <summary>Finds further occurrences of the values of secret fields in the same event.</summary>
/// <remarks>A named value of a log call usually occurs in its message too.</remarks>
internal static class RepeatedSecrets
{
    // Shorter values are words and numbers that occur in ordinary text; replacing them would destroy more than it protects.
    private const int MinLength = 4;
    private const int MinLengthInsideWords = 8;

    // A longer name is treated as a value. This limits the search at each position.
    private const int MaxNameLength = 256;

    // An event has only a few secrets. This limits the work for an event that was made to have thousands.
    private const int MaxValues = 16;

    /// <summary>Adds the further occurrences of the values found so far.</summary>
    internal static void Find(in EventText text, RedactionFindings findings)
    {
        int values = 0;
        int known = findings.Count;
        for (int i = 0; i < known && values < MaxValues; i++)
        {
            Finding finding = findings[i];
            if (finding.Kind == FindingKinds.Field && finding.End - finding.Start >= MinLength)
            {
                values++;
                FindOthers(text, finding, findings);
            }
        }
    }

    private static void FindOthers(in EventText text, Finding field, RedactionFindings findings)
    {
        ReadOnlySpan<byte> value = text.Bytes[field.Start..field.End];
        StringCursor strings = default;
        int at = 0;
        while (text.Bytes[at..].IndexOf(value) is >= 0 and int next)
        {
            int start = at + next;
            int end = start + value.Length;
            if (start != field.Start && IsOne(text, start, end, ref strings))
            {
                findings.Add(new Finding(start, end, FindingKinds.Field));
            }

            at = start + 1;
        }
    }

    private static bool IsOne(in EventText text, int start, int end, ref StringCursor strings)
    {
        bool stands = end - start >= MinLengthInsideWords || (text.IsBoundaryBefore(start) && text.IsBoundaryAfter(end));
        return stands && !text.IsInsideEscape(start) && !text.IsInsideEscape(end)
            && !IsInFieldName(text, end) && (!text.IsJson || strings.IsInside(text, start));
    }

    // A password that is also a word in the name of a field stays protected there, because the field keeps its name.
    private static bool IsInFieldName(in EventText text, int end)
    {
        ReadOnlySpan<byte> near = text.Bytes[..Math.Min(text.Length, end + MaxNameLength)];
        int quote = QuoteToken.Plain.EndOfString(near, end);
        return near[quote..].StartsWith("\""u8) && near[(quote + 1)..].TrimStart(" \t\r\n"u8).StartsWith(":"u8);
    }
}
