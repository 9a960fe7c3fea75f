using System.Buffers;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>
/// Decides by its shape whether the value of a field is a secret or something else: a placeholder, a word for a state, or code.
/// </summary>
/// <remarks>
/// Names of secrets also occur in sentences, templates and source code. The less certain the position (<see cref="ValueSetting"/>) and the
/// more common the name (<see cref="SecretNameKind"/>), the more a value must look like a secret.
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class ValueShape(FieldNames names)
{
    private const int MaxDecoded = 128;
    private const int MinMask = 3;
    private const int MinNumber = 5;
    private const int MinMixed = 6;

    // In characters: longer than any word of a language, and than most names in source code.
    private const int MinUnbroken = 64;

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n"u8);
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    private static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);
    private static readonly SearchValues<byte> Identifier =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-"u8);
    private static readonly SearchValues<byte> MarkerBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_:-"u8);
    private static readonly SearchValues<byte> PathBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_.-/"u8);
    private static readonly SearchValues<byte> Base64 =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);
    private static readonly SearchValues<byte> Special = SearchValues.Create("!@#$%^&*+=~?/|"u8);

    /// <summary>Returns whether a value must be redacted.</summary>
    internal bool IsSecret(in EventText text, int start, int end, SecretNameKind kind, ValueSetting setting)
    {
        Span<byte> buffer = stackalloc byte[MaxDecoded];
        ReadOnlySpan<byte> value = Decode(text, start, end, buffer, out bool isWhole);
        if (isWhole && (value.IsEmpty || IsPlaceholder(value)))
        {
            return false;
        }

        bool isPlainKind = kind is SecretNameKind.Secret or SecretNameKind.Header;
        if (setting == ValueSetting.Member && isPlainKind)
        {
            return true;
        }

        if (isWhole && (ValueWords.Contains(value) || (setting > ValueSetting.Member && (IsCode(value) || IsName(value) || IsPath(value)))))
        {
            return false;
        }

        return setting switch
        {
            ValueSetting.Member => kind == SecretNameKind.Token || !IsShortNumber(value),
            ValueSetting.Listed => isPlainKind || !IsShortNumber(value),
            ValueSetting.Assigned => isPlainKind || LooksRandom(value),
            _ => LooksRandom(value),
        };
    }

    // Decodes escapes. For a long value, the beginning decides.
    private static ReadOnlySpan<byte> Decode(in EventText text, int start, int end, Span<byte> buffer, out bool isWhole)
    {
        ReadOnlySpan<byte> plain = text.Bytes[start..end];
        if (!plain.Contains((byte)'\\'))
        {
            isWhole = plain.Length <= MaxDecoded;
            return plain[..Math.Min(plain.Length, MaxDecoded)].Trim(" \t\r\n"u8);
        }

        int length = 0;
        int at = start;
        while (at < end && length < buffer.Length)
        {
            Glyph glyph = text.GlyphAt(at);
            buffer[length++] = glyph.Value;
            at += glyph.Length;
        }

        isWhole = at >= end;
        return ((ReadOnlySpan<byte>)buffer[..length]).Trim(" \t\r\n"u8);
    }

    private bool IsPlaceholder(ReadOnlySpan<byte> value) => IsMask(value) || IsHole(value) || IsHostsHash(value) || value[0] switch
    {
        (byte)'[' => IsMarker(value) || IsWord(value[1..], (byte)']'),
        (byte)'<' => IsWord(value[1..], (byte)'>'),
        (byte)'(' => IsWord(value[1..], (byte)')'),
        (byte)'%' => value.Length < MinMask || IsWord(value[1..], (byte)'%'),

        // How YAML announces a block, when none follows.
        (byte)'|' or (byte)'>' => value.Length < MinMask,
        (byte)'$' => value.Length > 1 && !value[1..].ContainsAnyInRange((byte)'a', (byte)'z') && !value[1..].ContainsAnyExcept(Identifier),

        // A parameter of SQL. Passwords begin with this character too, so a name with digits is not a placeholder.
        (byte)'@' => value.Length > 1 && !value[1..].ContainsAnyExcept(Identifier) && IsName(value[1..]),
        _ => !value.ContainsAny(Identifier) && value.Length < MinMask,
    };

    // Only a complete marker. Text that merely begins like one may be an attempt to prevent redaction.
    private static bool IsMarker(ReadOnlySpan<byte> value) =>
        value.StartsWith("[redacted:"u8) && value[^1] == ']' && !value["[redacted:".Length..^1].ContainsAnyExcept(MarkerBytes);

    // The same character repeatedly, as in *** and xxx.
    private static bool IsMask(ReadOnlySpan<byte> value) =>
        value.Length >= MinMask && !value.ContainsAnyExcept(value[0])
        && value[0] is (byte)'*' or (byte)'x' or (byte)'X' or (byte)'.' or (byte)'-' or (byte)'#' or (byte)'_' or (byte)'?';

    // A placeholder of a template or a shell, such as {Password}, {0}, {Password:l} and ${PASSWORD}. Passwords of ODBC connection strings
    // are in braces too, so a value with digits that does not look like the name of a secret is not a placeholder.
    private bool IsHole(ReadOnlySpan<byte> value)
    {
        value = value.TrimStart((byte)'$');
        if (value.Length < 3 || !(value[0] == '{' && value[^1] == '}'))
        {
            return false;
        }

        ReadOnlySpan<byte> name = value.Trim("{}"u8).TrimStart("@$ "u8).TrimEnd((byte)' ');
        int end = name.IndexOfAny((byte)',', (byte)':');
        name = end < 0 ? name : name[..end];
        return !name.IsEmpty && !name.ContainsAnyExcept(Identifier)
            && (!name.ContainsAny(Digits) || !name.ContainsAnyExcept(Digits) || names.Find(name) != SecretNameKind.None);
    }

    // The output of the host's own redactor for a value: the number of a key, and 16 bytes of a hash in base64.
    private static bool IsHostsHash(ReadOnlySpan<byte> value)
    {
        int colon = value.IndexOf((byte)':');
        return colon > 0 && value.Length == colon + 25 && value.EndsWith("=="u8)
            && !value[..colon].ContainsAnyExcept(Digits) && !value[(colon + 1)..^2].ContainsAnyExcept(Base64);
    }

    private static bool IsWord(ReadOnlySpan<byte> value, byte close) =>
        value.Length > 1 && value[^1] == close && !value[..^1].ContainsAnyExcept(Identifier) | value[..^1].IndexOf((byte)' ') > 0;

    // A variable, or a list of such names.
    private bool IsName(ReadOnlySpan<byte> value) => !value.ContainsAny(Digits) && names.Find(value) != SecretNameKind.None;

    // A call, an index, or a member: GetToken(), config["x"], user.Name, await client.GetSecretAsync(id).
    private static bool IsCode(ReadOnlySpan<byte> value)
    {
        value = value.StartsWith("await "u8) ? value["await "u8.Length..] : value.StartsWith("new "u8) ? value["new "u8.Length..] : value;
        value = value.TrimEnd(";"u8);
        int end = value.IndexOfAnyExcept(Identifier);
        ReadOnlySpan<byte> path = end < 0 ? value : value[..end];
        bool isPath = !path.IsEmpty && !path.ContainsAny(Digits) && char.IsAsciiLetter((char)path[0]);
        int dot = path.LastIndexOf((byte)'.');
        bool isMember = end < 0 && dot > 0 && dot + 1 < path.Length && char.IsAsciiLetterUpper((char)path[dot + 1]);
        bool isCall = end > 0 && value[end] is (byte)'(' or (byte)'[';
        return isPath && (isMember || isCall);
    }

    private static bool IsShortNumber(ReadOnlySpan<byte> value) => value.Length < MinNumber && !value.ContainsAnyExcept(Digits);

    private static bool LooksRandom(ReadOnlySpan<byte> value)
    {
        value = value.TrimEnd(".,;:!?)"u8);
        if (value.ContainsAny(Blanks) || IsTimeOrPlace(value))
        {
            return false;
        }

        bool hasLetter = value.ContainsAny(Letters);
        bool hasDigit = value.ContainsAny(Digits);
        return value.Length >= MinUnbroken
            || (value.Length >= MinMixed
                && (hasDigit ? hasLetter || !value.ContainsAnyExcept(Digits) : hasLetter && value.ContainsAny(Special)));
    }

    // A directory, as in PWD=/home/app. Base64 has capital letters.
    private static bool IsPath(ReadOnlySpan<byte> value) =>
        value[0] == '/' && !value.ContainsAnyInRange((byte)'A', (byte)'Z') && !value[1..].ContainsAnyExcept(PathBytes);

    // A date, a path, an address.
    private static bool IsTimeOrPlace(ReadOnlySpan<byte> value) =>
        value.StartsWith("/"u8) || value.IndexOf("://"u8) > 0
        || (value.Length >= MinUnbroken / 8 && value[4] is (byte)'-' or (byte)'/' && !value[..4].ContainsAnyExcept(Digits));
}
