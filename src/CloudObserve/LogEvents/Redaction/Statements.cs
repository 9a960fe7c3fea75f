using System.Text;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>
/// Finds the secrets of statements and commands that do not name them, such as <c>IDENTIFIED BY 'x'</c> and <c>curl -u bob:x</c>.
/// </summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class Statements(ValueShape shape)
{
    private const int MaxBefore = 256;

    /// <summary>Gets the words with which statements begin.</summary>
    internal static IReadOnlyCollection<string> Words { get; } = ["identified ", "SecureString ", "curl ", "sshpass "];

    /// <summary>Checks the statement at a place.</summary>
    internal Finding At(in EventText text, int at) => (text[at] | 0x20) switch
    {
        'i' => Says(text, at, "identified"u8) ? IdentifiedBy(text, text.SkipBlanks(at + "identified".Length), at) : default,
        'c' => Says(text, at, "curl "u8) ? Curl(text, at) : default,
        's' when Says(text, at, "SecureString "u8) => SecureString(text, at),
        's' => Says(text, at, "sshpass "u8) ? Option(text, at, " -p "u8, hasUser: false) : default,
        _ => default,
    };

    private static bool Says(in EventText text, int at, ReadOnlySpan<byte> word) =>
        at + word.Length <= text.Length && Ascii.EqualsIgnoreCase(text.Bytes.Slice(at, word.Length), word);

    // Also finds IDENTIFIED WITH plugin BY 'x'. Only statements about users count, because ordinary text also says "identified by".
    private Finding IdentifiedBy(in EventText text, int at, int statementEnd)
    {
        if (!IsAboutUsers(text.Bytes[Math.Max(0, statementEnd - MaxBefore)..statementEnd]))
        {
            return default;
        }

        if (Says(text, at, "with "u8))
        {
            at = text.SkipBlanks(text.WordEnd(text.SkipBlanks(at + "with ".Length)));
        }

        if (!Says(text, at, "by "u8) && !Says(text, at, "as "u8))
        {
            return default;
        }

        at = text.SkipBlanks(at + "by ".Length);
        at = Says(text, at, "password "u8) ? text.SkipBlanks(at + "password ".Length) : at;
        return QuotedValues.TryRead(text, at, out int start, out int end)
            ? Accept(text, start, end, ValueSetting.Listed)
            : Accept(text, at, ValueExtents.Word(text, at), ValueSetting.Spoken);
    }

    private static bool IsAboutUsers(ReadOnlySpan<byte> before) =>
        before.IndexOf("CREATE USER "u8) >= 0 || before.IndexOf("ALTER USER "u8) >= 0 || before.IndexOf("GRANT "u8) >= 0
        || before.IndexOf("create user "u8) >= 0 || before.IndexOf("alter user "u8) >= 0 || before.IndexOf("grant "u8) >= 0;

    // curl -u user:password, and sshpass -p password.
    private Finding Option(in EventText text, int at, ReadOnlySpan<byte> option, bool hasUser)
    {
        ReadOnlySpan<byte> near = text.Bytes[at..Math.Min(text.Length, at + MaxBefore)];
        int found = near.IndexOf(option);
        if (found < 0 || near[..found].ContainsAny((byte)'\n', (byte)'|'))
        {
            return default;
        }

        int argument = text.SkipBlanks(at + found + option.Length);
        bool isQuoted = QuotedValues.TryRead(text, argument, out int quoted, out int quotedEnd);
        int start = isQuoted ? quoted : argument;
        int end = isQuoted ? quotedEnd : ValueExtents.Word(text, argument);
        int colon = hasUser ? text.Bytes[start..end].IndexOf((byte)':') : 0;
        start += hasUser ? colon + 1 : 0;
        return colon < 0 ? default : Accept(text, start, isQuoted ? end : ValueExtents.Word(text, start), ValueSetting.Listed);
    }

    private Finding Curl(in EventText text, int at) =>
        Option(text, at, " -u "u8, hasUser: true) is { End: > 0 } user ? user : Option(text, at, " --user "u8, hasUser: true);

    private Finding SecureString(in EventText text, int word)
    {
        int before = word - "ConvertTo-".Length;
        if (before < 0 || !Says(text, before, "ConvertTo-"u8))
        {
            return default;
        }

        int at = text.SkipBlanks(word + "SecureString ".Length);
        at = Says(text, at, "-String "u8) ? text.SkipBlanks(at + "-String ".Length) : at;
        return QuotedValues.TryRead(text, at, out int start, out int end) ? Accept(text, start, end, ValueSetting.Listed) : default;
    }

    private Finding Accept(in EventText text, int start, int end, ValueSetting setting) =>
        end > start && shape.IsSecret(text, start, end, SecretNameKind.Secret, setting)
            ? new Finding(start, end, FindingKinds.Field) : default;
}
