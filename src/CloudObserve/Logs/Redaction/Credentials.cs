using System.Buffers;

namespace CloudObserve.Logs.Redaction;

/// <summary>Tells credentials by their form. Each check looks at one place of a text and gives a finding with an end of zero if it is none.</summary>
internal static class Credentials
{
    private const int AccessKeyIdLength = 20;
    private const int SecretKeyLength = 40;
    private const int MinTokenPart = 8;

    // A token without a digit must be this long: no English word is.
    private const int MinTokenOfLetters = 24;

    // How far behind the word "secret" its key may begin: room for " access key: " and quotes.
    private const int SecretKeyReach = 24;

    // A token's first part names algorithms and keys; a private key's first line is one of a few. Text that only begins like either is given up
    // after so many bytes, or a text of nothing but beginnings would be read once for each.
    private const int MaxTokenHeader = 4096;
    private const int MaxHeaderLine = 64;

    private static readonly SearchValues<byte> UpperAlphanumeric = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);
    private static readonly SearchValues<byte> Base64Url = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);
    private static readonly SearchValues<byte> Token = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/="u8);

    /// <summary>Gets the words with which a credential begins, or beside which one stands.</summary>
    internal static IReadOnlyCollection<string> Words { get; } = ["AKIA", "ASIA", "eyJ", "bearer ", "-----BEGIN ", "secret"];

    /// <summary>Checks for every kind of credential that has a form of its own.</summary>
    internal static Finding At(in EventText text, int at) => (text[at] | 0x20) switch
    {
        'a' => AccessKeyId(text, at),
        'e' => JsonWebToken(text, at),
        'b' => BearerToken(text, at),
        '-' => PrivateKey(text, at),
        _ => default,
    };

    /// <summary>Finds a secret access key behind a word that says "secret": 40 characters of base64 that cannot be a hash in hexadecimal.</summary>
    internal static Finding SecretKeyBehind(in EventText text, int wordEnd)
    {
        int last = Math.Min(wordEnd + SecretKeyReach, text.Length - SecretKeyLength);
        for (int at = wordEnd; at <= last; at++)
        {
            if (IsKeyByte(text[at]) && !text.IsInsideEscape(at))
            {
                int end = KeyEnd(text, at, out int count);
                if (count == SecretKeyLength && HasAllSorts(text.Bytes[at..end]))
                {
                    return new Finding(at, end, FindingKinds.SecretAccessKey);
                }

                // A longer run reaches beyond where a key may begin; what it is does not matter.
                at = count > SecretKeyLength ? last : end;
            }
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

        bool isId = !bytes[..AccessKeyIdLength].ContainsAnyExcept(UpperAlphanumeric) && text.IsBoundaryBefore(at) && text.IsBoundaryAfter(end);
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

    private static Finding BearerToken(in EventText text, int at)
    {
        int start = at + "bearer ".Length;
        if (start >= text.Length || text[start - 1] != ' ')
        {
            return default;
        }

        int end = End(text.Bytes, start, Token);
        ReadOnlySpan<byte> token = text.Bytes[start..end];
        bool isToken = token.Length >= MinTokenOfLetters || (token.Length >= MinTokenPart && token.ContainsAnyInRange((byte)'0', (byte)'9'));
        return isToken ? new Finding(start, end, FindingKinds.BearerToken) : default;
    }

    // To the end line, or as far as the key goes if there is none: half a key must not stay. A quote cannot be part of a key, so none is passed.
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

    // Counts one further than a key is long, to tell that it is longer.
    private static int KeyEnd(in EventText text, int from, out int count)
    {
        int end = from;
        for (count = 0; end < text.Length && count <= SecretKeyLength; count++)
        {
            int width = IsKeyByte(text[end]) ? 1 : text.Bytes[end..].StartsWith("\\u002B"u8) ? 6 : 0;
            if (width == 0)
            {
                break;
            }

            end += width;
        }

        return end;
    }

    private static bool HasAllSorts(ReadOnlySpan<byte> key) =>
        key.ContainsAnyInRange((byte)'0', (byte)'9')
        && key.ContainsAnyInRange((byte)'A', (byte)'Z')
        && key.ContainsAnyInRange((byte)'a', (byte)'z');
}
