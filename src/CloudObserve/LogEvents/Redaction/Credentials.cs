using System.Buffers;
using System.Buffers.Text;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Recognizes credentials by their form.</summary>
/// <remarks>Each check examines one position and returns a finding with an end of zero if there is none.</remarks>
internal static class Credentials
{
    private const int AccessKeyIdLength = 20;
    private const int SecretKeyLength = 40;
    private const int MinTokenPart = 8;

    // A token without a digit must have this length, which no English word has.
    private const int MinTokenOfLetters = 24;

    // The largest distance between the word "secret" and its key: room for " access key: " and quotation marks.
    private const int SecretKeyReach = 24;

    // The largest distance between a secret key and its id: room for a name, quotation marks and separators.
    private const int SecretKeyBesideReach = 64;

    // The header of a token names algorithms and keys, and the first line of a private key is one of a few. The check ends after this many
    // bytes; otherwise a text with many such beginnings would be read once for each of them.
    private const int MaxTokenHeader = 4096;
    private const int MaxHeaderLine = 64;

    // The number of bytes of Basic credentials that are decoded.
    private const int MaxBasic = 256;

    private static readonly SearchValues<byte> UpperAlphanumeric = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);
    private static readonly SearchValues<byte> Base64Url =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);
    private static readonly SearchValues<byte> Token =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/="u8);

    // Also the backslash of an escape.
    private static readonly SearchValues<byte> KeyBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/\\"u8);

    // The forms by five bits of each of the first two characters of their prefix, in which the cases of a letter are equal.
    private static readonly TokenForm[][] FormsByBeginning =
        [.. Enumerable.Range(0, 1 << 10)
            .Select(beginning => TokenForm.All.Where(f => Beginning((byte)f.Prefix[0], (byte)f.Prefix[1]) == beginning).ToArray())];

    /// <summary>Gets the words with which a credential begins, or near which one stands.</summary>
    internal static IReadOnlyCollection<string> Words { get; } =
        ["AKIA", "ASIA", "eyJ", "bearer", "basic ", "-----BEGIN ", "secret", "xox", .. TokenForm.All.Select(f => f.Prefix),
            .. MarkedKey.Marks];

    /// <summary>Checks for all kinds of credentials with a known form.</summary>
    internal static Finding At(in EventText text, int at)
    {
        int letter = text[at] | 0x20;
        Finding finding = letter switch
        {
            'a' => AccessKeyId(text, at),
            'e' => JsonWebToken(text, at),
            'b' => WithScheme(text, at),
            '-' => PrivateKey(text, at),
            _ => default,
        };
        if (finding.End > 0)
        {
            return finding;
        }

        foreach (TokenForm form in FormsByBeginning[Beginning(text[at], text.At(at + 1))])
        {
            if (form.At(text, at) is { End: > 0 } token)
            {
                return token;
            }
        }

        return text[at] is (byte)'7' or (byte)'8' or (byte)'J' or (byte)'A' ? MarkedKey.At(text, at) : default;
    }

    private static int Beginning(byte first, byte second) => ((first & 0x1F) << 5) | (second & 0x1F);

    /// <summary>Adds the secret access keys near an access key id: after it and before it.</summary>
    /// <remarks>
    /// An event often contains a text twice, in its message and in its values. So the key of one id stands after it, and also before the
    /// next id.
    /// </remarks>
    internal static void FindSecretKeysBeside(in EventText text, int idStart, int idEnd, RedactionFindings findings)
    {
        Add(SecretKeyIn(text, idEnd, Math.Min(idEnd + SecretKeyBesideReach, text.Length - SecretKeyLength)));
        Add(SecretKeyIn(text, WordBoundary(text, idStart - SecretKeyLength - SecretKeyBesideReach, idStart), idStart - SecretKeyLength));

        void Add(Finding key)
        {
            if (key.End > 0)
            {
                findings.Add(key);
            }
        }
    }

    /// <summary>Finds a secret access key after the word "secret": 40 base64 characters that cannot be a hexadecimal hash.</summary>
    internal static Finding SecretKeyBehind(in EventText text, int wordEnd) =>
        SecretKeyIn(text, wordEnd, Math.Min(wordEnd + SecretKeyReach, text.Length - SecretKeyLength));

    private static Finding SecretKeyIn(in EventText text, int first, int last)
    {
        // A key that begins no later than the last place covers all bytes from there to the end of a key at the first place.
        if (first > last || text.Bytes[last..Math.Max(last, first + SecretKeyLength)].ContainsAnyExcept(KeyBytes))
        {
            return default;
        }

        int at = first;
        while (at <= last)
        {
            Glyph glyph = text.GlyphAt(at);
            if (!IsKeyByte(glyph.Value))
            {
                at += glyph.Length;
                continue;
            }

            int end = KeyEnd(text, at, out int count);
            if (count == SecretKeyLength && HasAllSorts(text.Bytes[at..end]))
            {
                return new Finding(at, end, FindingKinds.SecretAccessKey);
            }

            // A longer run extends beyond the largest distance of a key, so its content does not matter.
            at = count > SecretKeyLength ? text.Length : end;
        }

        return default;
    }

    private static Finding AccessKeyId(in EventText text, int at)
    {
        int end = at + AccessKeyIdLength;
        ReadOnlySpan<byte> bytes = text.Bytes[at..];
        if (end > text.Length || !(bytes.StartsWith("AKIA"u8) || bytes.StartsWith("ASIA"u8)))
        {
            return default;
        }

        bool isId = !bytes[..AccessKeyIdLength].ContainsAnyExcept(UpperAlphanumeric) && text.IsBoundaryBefore(at)
            && text.IsBoundaryAfter(end);
        return isId ? new Finding(at, end, FindingKinds.AccessKeyId) : default;
    }

    private static Finding JsonWebToken(in EventText text, int at)
    {
        if (!text.Bytes[at..].StartsWith("eyJ"u8) || !text.IsBoundaryBefore(at))
        {
            return default;
        }

        int end = End(text.Bytes[..Math.Min(text.Length, at + MaxTokenHeader)], at, Base64Url);
        int parts = end - at >= MinTokenPart ? 1 : 0;
        while (parts > 0 && text.At(end) == '.')
        {
            int next = End(text.Bytes, end + 1, Base64Url);
            if (parts == 1 && next - end <= MinTokenPart)
            {
                break;
            }

            parts++;
            end = next;
        }

        return parts > 1 ? new Finding(at, end, FindingKinds.JsonWebToken) : default;
    }

    // Checks the name of a scheme, blanks, and the credentials.
    private static Finding WithScheme(in EventText text, int at)
    {
        int wordEnd = text.WordEnd(at);
        int start = text.SkipBlanks(wordEnd);
        if (start == wordEnd || !text.IsBoundaryBefore(at))
        {
            return default;
        }

        int end = text.RunEnd(start, Token);
        ReadOnlySpan<byte> token = text.Bytes[start..end];
        if (wordEnd - at != "bearer".Length)
        {
            return IsUserAndPassword(token) ? new Finding(start, end, FindingKinds.BasicCredentials) : default;
        }

        bool isToken = token.Length >= MinTokenOfLetters
            || (token.Length >= MinTokenPart && token.ContainsAnyInRange((byte)'0', (byte)'9'));
        return isToken ? new Finding(start, end, FindingKinds.BearerToken) : default;
    }

    private static bool IsUserAndPassword(ReadOnlySpan<byte> base64)
    {
        Span<byte> decoded = stackalloc byte[MaxBasic];
        base64 = base64[..Math.Min(base64.Length, MaxBasic)];
        OperationStatus status = Base64.DecodeFromUtf8(base64, decoded, out _, out int length, isFinalBlock: base64.Length < MaxBasic);
        return status == OperationStatus.Done && decoded[..length].Contains((byte)':')
            && !decoded[..length].ContainsAnyInRange((byte)0, (byte)0x1F);
    }

    // To the end line, or to the end of the key if there is none, so that no part of a key remains. A key contains no quotation mark, so
    // the search does not pass one.
    private static Finding PrivateKey(in EventText text, int at)
    {
        ReadOnlySpan<byte> region = text.Bytes[at..];
        int header = region[..Math.Min(region.Length, MaxHeaderLine)].IndexOf("PRIVATE KEY-----"u8);
        if (header < 0 || !region.StartsWith("-----BEGIN "u8) || region["-----BEGIN "u8.Length..header].ContainsAny((byte)'-', (byte)'"'))
        {
            return default;
        }

        int quote = region.IndexOf((byte)'"');
        region = quote < 0 ? region : region[..quote].TrimEnd((byte)'\\');
        int footer = region.IndexOf("-----END "u8);
        int dashes = footer < 0 ? -1 : region[(footer + 5)..].IndexOf("-----"u8);
        int length = dashes < 0 ? region.Length : footer + 5 + dashes + 5;
        return new Finding(at, at + length, FindingKinds.PrivateKey);
    }

    private static int End(ReadOnlySpan<byte> text, int from, SearchValues<byte> allowed)
    {
        int length = from < text.Length ? text[from..].IndexOfAnyExcept(allowed) : 0;
        return length < 0 ? text.Length : from + length;
    }

    private static bool IsKeyByte(byte value) => EventText.IsAlphanumeric(value) || value is (byte)'+' or (byte)'/';

    // Counts one character more than a key has, to detect that the run is longer.
    private static int KeyEnd(in EventText text, int from, out int count)
    {
        int end = from;
        Glyph glyph = text.GlyphAt(end);
        for (count = 0; IsKeyByte(glyph.Value) && count <= SecretKeyLength; count++)
        {
            end += glyph.Length;
            glyph = text.GlyphAt(end);
        }

        return end;
    }

    // Returns the first position from an index on that is neither in a word nor in an escape.
    private static int WordBoundary(in EventText text, int from, int limit)
    {
        int at = Math.Max(0, from);
        while (at > 0 && at < limit && (IsKeyByte(text[at - 1]) || text[at - 1] == '\\'))
        {
            at++;
        }

        return at;
    }

    private static bool HasAllSorts(ReadOnlySpan<byte> key) =>
        key.ContainsAnyInRange((byte)'0', (byte)'9')
        && key.ContainsAnyInRange((byte)'A', (byte)'Z')
        && key.ContainsAnyInRange((byte)'a', (byte)'z');
}
