using System.Buffers;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Finds e-mail addresses: text around an at sign, with a domain that contains a dot and ends with letters.</summary>
internal static class EmailAddresses
{
    private const int MaxLocalLength = 64;

    private static readonly SearchValues<byte> Local =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+-"u8);
    private static readonly SearchValues<byte> Domain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-"u8);

    private static ReadOnlySpan<byte> EscapedPlus => "\\u002B"u8;

    internal static void Find(in EventText text, RedactionFindings findings)
    {
        int at = 0;
        while (at < text.Length)
        {
            int sign = text.Bytes[at..].IndexOf((byte)'@');
            if (sign < 0)
            {
                return;
            }

            sign += at;
            int start = LocalStart(text, sign);
            int end = DomainEnd(text, sign + 1);
            if (start < sign && end > 0)
            {
                findings.Add(new Finding(start, end, FindingKinds.Email));
            }

            at = Math.Max(sign + 1, end);
        }
    }

    private static int LocalStart(in EventText text, int sign)
    {
        ReadOnlySpan<byte> near = text.Bytes[Math.Max(0, sign - MaxLocalLength)..sign];
        int stop = near.LastIndexOfAnyExcept(Local);
        bool isPlain = stop >= 0 ? near[stop] != '\\' : sign <= MaxLocalLength;
        return isPlain ? sign - near.Length + stop + 1 : LocalStartWithEscapes(text, sign);
    }

    private static int LocalStartWithEscapes(in EventText text, int sign)
    {
        int start = sign;
        while (start > 0 && sign - start < MaxLocalLength)
        {
            // After an escaped backslash, the same letters are not an escape.
            if (text.Bytes[..start].EndsWith(EscapedPlus) && (!text.IsJson || text.EndsEscape(start)))
            {
                start -= EscapedPlus.Length;
            }
            else if (Local.Contains(text[start - 1]) && !text.EndsEscape(start))
            {
                start--;
            }
            else
            {
                break;
            }
        }

        return start;
    }

    private static int DomainEnd(in EventText text, int from)
    {
        int length = from < text.Length ? text.Bytes[from..].IndexOfAnyExcept(Domain) : 0;
        ReadOnlySpan<byte> domain = length < 0 ? text.Bytes[from..] : text.Bytes.Slice(from, length);

        // A full stop or dash after the address belongs to the sentence.
        domain = domain.TrimEnd(".-"u8);
        int dot = domain.LastIndexOf((byte)'.');
        ReadOnlySpan<byte> top = domain[(dot + 1)..];
        bool isDomain = dot > 0 && top.Length >= 2 && char.IsAsciiLetter((char)top[0]);
        return isDomain ? from + domain.Length : 0;
    }
}
