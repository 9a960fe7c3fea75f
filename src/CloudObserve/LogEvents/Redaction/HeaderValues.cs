using System.Text;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Finds the secrets in the values of headers that contain credentials: the part after the scheme, and whole cookies.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class HeaderValues(ValueShape shape)
{
    private static readonly byte[][] Schemes =
    [
        .. "Basic Digest Negotiate NTLM Token ApiKey Key SharedKey SharedKeyLite SharedAccessSignature AWS4-HMAC-SHA256 Hawk DPoP MAC".Split(' ').Select(Encoding.ASCII.GetBytes),
    ];

    /// <summary>Finds the secret in the value of a header.</summary>
    internal Finding At(in EventText text, int start)
    {
        int end = ValueExtents.Header(text, start);
        int schemeEnd = text.WordEnd(start);
        ReadOnlySpan<byte> scheme = text.Bytes[start..schemeEnd];
        bool hasParts = text.GlyphAt(schemeEnd).IsBlank;

        // Credentials after the word Bearer are found by that word anywhere.
        if (hasParts && Ascii.EqualsIgnoreCase(scheme, "Bearer"u8))
        {
            return default;
        }

        bool hasScheme = hasParts && IsScheme(scheme);
        int from = hasScheme ? text.SkipBlanks(schemeEnd) : start;
        int first = Math.Min(end, FirstPartEnd(text, from));
        bool isSecret = from < end && (IsSecret(text, from, first, hasScheme) || (text.At(from) == '[' && first < end));
        return isSecret ? new Finding(from, end, FindingKinds.Field) : default;
    }

    // A cookie is name=value. Credentials contain capital letters, even if they have no digit; words of a sentence do not.
    private bool IsSecret(in EventText text, int start, int end, bool hasScheme)
    {
        ReadOnlySpan<byte> part = text.Bytes[start..end];
        bool isCredential = part[1..].Contains((byte)'=') || (hasScheme && part[1..].ContainsAnyInRange((byte)'A', (byte)'Z'));
        return shape.IsSecret(text, start, end, SecretNameKind.Token, isCredential ? ValueSetting.Listed : ValueSetting.Assigned);
    }

    private static bool IsScheme(ReadOnlySpan<byte> word)
    {
        foreach (byte[] scheme in Schemes)
        {
            if (Ascii.EqualsIgnoreCase(word, scheme))
            {
                return true;
            }
        }

        return false;
    }

    private static int FirstPartEnd(in EventText text, int at)
    {
        Glyph glyph = text.GlyphAt(at);
        while (!glyph.IsEnd && !glyph.IsBlank && !glyph.IsLineBreak)
        {
            at += glyph.Length;
            glyph = text.GlyphAt(at);
        }

        return at;
    }
}
