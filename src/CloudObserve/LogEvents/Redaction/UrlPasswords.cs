using System.Buffers;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>Finds the password in a URL of any scheme: between the user and the host.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class UrlPasswords(ValueShape shape)
{
    private const int MaxAuthority = 512;
    private const int MinToken = 16;

    private static readonly SearchValues<byte> Stops = SearchValues.Create("@\\ \t\r\n\"<>`/?#"u8);

    /// <summary>Gets the characters after the scheme of a URL, both plain and with escaped slashes.</summary>
    internal static IReadOnlyCollection<string> Words { get; } = ["://", ":\\/\\/"];

    /// <summary>Checks the URL whose scheme ends at a position.</summary>
    internal Finding At(in EventText text, int at)
    {
        int start = text.Bytes[at..].StartsWith("://"u8) ? at + 3 : text.Bytes[at..].StartsWith(":\\/\\/"u8) ? at + 5 : 0;
        // A bracket begins an IPv6 address, or a marker.
        if (start == 0 || !EventText.IsAlphanumeric(text.At(at - 1)) || text.At(start) == '[')
        {
            return default;
        }

        int colon = 0;
        int end = MayHaveUser(text, start) ? UserEnd(text, start, out colon) : 0;
        if (end == 0)
        {
            return default;
        }

        // A token may replace the user, without a password.
        bool hasPassword = colon > 0 && colon + 1 < end;
        int secret = hasPassword ? colon + 1 : start;
        int secretEnd = hasPassword || colon == 0 ? end : colon;
        bool isSecret = hasPassword
            ? shape.IsSecret(text, secret, secretEnd, SecretNameKind.Secret, ValueSetting.Member)
            : secretEnd - secret >= MinToken && shape.IsSecret(text, secret, secretEnd, SecretNameKind.Token, ValueSetting.Spoken);
        return isSecret ? new Finding(secret, secretEnd, FindingKinds.UrlPassword) : default;
    }

    // Most addresses have no user. A search for the end of the host shows that, unless an escape or a possible password comes before it.
    private static bool MayHaveUser(in EventText text, int start)
    {
        ReadOnlySpan<byte> near = text.Bytes[start..Math.Min(text.Length, start + MaxAuthority)];
        int stop = near.IndexOfAny(Stops);
        if (stop < 0 || near[stop] is not ((byte)'/' or (byte)'?' or (byte)'#'))
        {
            return stop >= 0 && near[stop] is (byte)'@' or (byte)'\\';
        }

        int colon = near[..stop].IndexOf((byte)':');
        return colon >= 0 && !IsPort(near[(colon + 1)..stop]);
    }

    // The end of user and password: the last at sign before the first slash. A password may contain a slash itself; then the colon before
    // it is not followed by a port number.
    private static int UserEnd(in EventText text, int start, out int colon)
    {
        colon = 0;
        int sign = 0;
        int slash = 0;
        int at = start;
        while (at - start < MaxAuthority)
        {
            Glyph glyph = text.GlyphAt(at);
            if (glyph.IsEnd || glyph.IsBlank || glyph.IsLineBreak || glyph.Value is (byte)'"' or (byte)'<' or (byte)'>' or (byte)'`')
            {
                break;
            }

            if (glyph.Value == ':' && colon == 0 && slash == 0)
            {
                colon = at;
            }
            else if (glyph.Value == '@')
            {
                sign = at;
                if (slash > 0)
                {
                    break;
                }
            }
            else if (glyph.Value is (byte)'/' or (byte)'?' or (byte)'#' && slash == 0)
            {
                if (sign > 0 || colon == 0 || IsPort(text.Bytes[(colon + 1)..at]))
                {
                    break;
                }

                slash = at;
            }

            at += glyph.Length;
        }

        colon = colon > sign ? 0 : colon;
        return sign;
    }

    private static bool IsPort(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
