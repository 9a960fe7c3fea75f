namespace CloudObserve.Logs.Redaction;

/// <summary>Finds the values of secret fields where else they stand in the same event: a named value of a log call is usually in its message too.</summary>
internal static class Echoes
{
    // Shorter values are words and numbers of everyday events; taking them out would spoil more than it hides.
    private const int MinLength = 4;
    private const int MinLengthInsideWords = 8;

    // A name that goes on for longer is taken for a value. It bounds how far is looked for every place.
    private const int MaxNameLength = 256;

    // An event has a few secrets. This bounds the work for one that was made to have thousands.
    private const int MaxValues = 16;

    /// <summary>Adds the further places of the fields' values found so far.</summary>
    internal static void Find(in EventText text, Findings findings)
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

    private static void FindOthers(in EventText text, Finding field, Findings findings)
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

    // A password that is also a word in the name of a field hides no more when the field loses its name.
    private static bool IsInFieldName(in EventText text, int end)
    {
        ReadOnlySpan<byte> near = text.Bytes[..Math.Min(text.Length, end + MaxNameLength)];
        int quote = QuoteToken.Plain.EndOfString(near, end);
        return near[quote..].StartsWith("\""u8) && near[(quote + 1)..].TrimStart(" \t\r\n"u8).StartsWith(":"u8);
    }
}
