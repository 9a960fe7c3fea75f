using System.Buffers;

namespace CloudObserve.Monitoring.Patterns;

/// <summary>Recognizes the forms of values in log messages: numbers, addresses, times, paths and identifiers.</summary>
internal static class ValueForms
{
    private const int ShortestHexId = 8;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);

    /// <summary>Determines whether a token varies from message to message by its form alone.</summary>
    /// <remarks>A short name with one digit behind it, such as <c>eth0</c>, is not decided by its form.</remarks>
    internal static bool IsValue(ReadOnlySpan<byte> token) =>
        token.ContainsAny(Digits) ? !IsNumberedName(token)
        : IsPath(token) || token.StartsWith("./"u8) || token.StartsWith("../"u8) || IsMailAddress(token) || IsDomain(token);

    /// <summary>Determines whether a token begins a path, whose parts may contain delimiters.</summary>
    internal static bool IsPath(ReadOnlySpan<byte> token) =>
        token.Length > 1 && (token[0] == (byte)'/' || token.Count((byte)'/') >= 2 || token.Count((byte)'\\') >= 2);

    /// <summary>Determines whether a token is two to five letters and one digit.</summary>
    internal static bool IsNumberedName(ReadOnlySpan<byte> token)
    {
        if (token.Length is < 3 or > 6 || !char.IsAsciiDigit((char)token[^1]))
        {
            return false;
        }

        foreach (byte letter in token[..^1])
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Determines whether a word is an IPv6 address, a MAC address or another run of hexadecimal groups.</summary>
    internal static bool IsHexGroups(ReadOnlySpan<byte> word)
    {
        int colons = 0;
        int inGroup = 0;
        bool digit = false;
        foreach (byte b in word)
        {
            if (b == (byte)':')
            {
                colons++;
                inGroup = 0;
            }
            else if (!char.IsAsciiHexDigit((char)b) || ++inGroup > 4)
            {
                return false;
            }
            else
            {
                digit |= char.IsAsciiDigit((char)b);
            }
        }

        return colons >= 2 && (digit || colons >= 3);
    }

    /// <summary>Determines whether a word is a time of day, such as <c>12:30:45.123</c>, or a date with one.</summary>
    internal static bool IsTime(ReadOnlySpan<byte> word)
    {
        int colons = 0;
        foreach (byte b in word)
        {
            colons += b == (byte)':' ? 1 : 0;
            if (!char.IsAsciiDigit((char)b) && !":.,-+TZ/"u8.Contains(b))
            {
                return false;
            }
        }

        return colons is 1 or 2 or 3 && word.Length >= 4 && char.IsAsciiDigit((char)word[0]) && HasTimeOfDay(word);
    }

    internal static ValueType TypeOf(ReadOnlySpan<byte> value)
    {
        value = value.Trim("+-%#$"u8);
        int digits = 0;
        int dots = 0;
        int dashes = 0;
        int hexLetters = 0;
        foreach (byte b in value)
        {
            digits += char.IsAsciiDigit((char)b) ? 1 : 0;
            dots += b == (byte)'.' ? 1 : 0;
            dashes += b is (byte)'-' or (byte)'/' ? 1 : 0;
            hexLetters += char.IsAsciiHexDigit((char)b) && !char.IsAsciiDigit((char)b) ? 1 : 0;
        }

        int rest = value.Length - digits;
        return digits == 0 ? ValueType.Token
            : rest == dots ? (dots <= 1 ? ValueType.Number : dots == 3 ? ValueType.IPAddress : ValueType.Token)
            : rest == dashes && dashes == 2 && digits is >= 4 and <= 8 ? ValueType.Date
            : value.StartsWith("0x"u8) || (rest == hexLetters + dashes && digits + hexLetters >= ShortestHexId) ? ValueType.ID
            : ValueType.Token;
    }

    // Two digits behind a colon.
    private static bool HasTimeOfDay(ReadOnlySpan<byte> word)
    {
        int colon = word.IndexOf((byte)':');
        return colon > 0 && char.IsAsciiDigit((char)word[colon - 1]) && word.Length > colon + 2
            && char.IsAsciiDigit((char)word[colon + 1]) && char.IsAsciiDigit((char)word[colon + 2])
            && (word.Length == colon + 3 || !char.IsAsciiDigit((char)word[colon + 3]));
    }

    private static bool IsMailAddress(ReadOnlySpan<byte> token) => token.Length > 2 && token[1..^1].Contains((byte)'@');

    // Three or more names in lower case, separated by dots.
    private static bool IsDomain(ReadOnlySpan<byte> token)
    {
        int names = 1;
        int inName = 0;
        foreach (byte b in token.Length > 1 && token[^1] == (byte)'.' ? token[..^1] : token)
        {
            if (b == (byte)'.')
            {
                names += inName > 0 ? 1 : 0;
                if (inName == 0)
                {
                    return false;
                }

                inName = 0;
            }
            else if (char.IsAsciiLetterUpper((char)b) || !(char.IsAsciiLetterLower((char)b) || b is (byte)'_' or (byte)'-' or >= 0x80))
            {
                return false;
            }
            else
            {
                inName++;
            }
        }

        return names >= 3 && inName > 0;
    }
}
