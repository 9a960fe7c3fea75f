namespace CloudObserve.LogEvents.Redaction;

/// <summary>Finds the value of a field whose name is not in quotation marks.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class TextValues(ValueShape shape)
{
    private const int MaxTag = 256;
    private const int MaxFormat = 3;

    private readonly HeaderValues _headers = new(shape);

    /// <summary>Finds the value after a name.</summary>
    internal Finding Behind(in EventText text, in FieldName name)
    {
        int at = text.SkipBlanks(name.End);
        Glyph separator = text.GlyphAt(at);
        int next = at + separator.Length;
        Glyph second = text.GlyphAt(next);
        return (separator.Value, second.Value) switch
        {
            ((byte)'=', (byte)'=' or (byte)'~') or ((byte)':', (byte)':' or (byte)'/') => default,
            ((byte)'=', (byte)'>') => Arrow(text, text.SkipBlanks(next + second.Length), name),
            ((byte)':', (byte)'=') => Assigned(text, text.SkipBlanks(next + second.Length), name, isSpaced: true),
            ((byte)'=', _) => Assigned(text, text.SkipBlanks(next), name, isSpaced: at > name.End),
            ((byte)':', _) => Colon(text, text.SkipBlanks(next), name),
            ((byte)'>', _) => Element(text, next, name),
            ((byte)',', _) => Pair(text, text.SkipBlanks(next), name),
            ((byte)']', _) => Indexed(text, text.SkipBlanks(next), name),
            ((byte)'(', (byte)'"' or (byte)'\'') => at == name.End ? Called(text, next, name) : default,
            ((byte)'\n' or (byte)'\r', _) => NextLine(text, at, name),
            _ => at > name.End ? BehindBlank(text, at, separator, name) : default,
        };
    }

    /// <summary>Finds a value that must be in quotation marks or apostrophes.</summary>
    internal Finding InQuotes(in EventText text, int at, in FieldName name) => QuotedValues.TryRead(text, at, out int start, out int end)
        ? Accept(text, start, end, name, name.Kind is SecretNameKind.Token or SecretNameKind.Everyday
            ? ValueSetting.Listed : ValueSetting.Member)
        : default;

    /// <summary>Finds the argument of a call, such as <c>WithPassword("hunter2")</c>. It may be a name as well.</summary>
    internal Finding Called(in EventText text, int at, in FieldName name) =>
        QuotedValues.TryRead(text, at, out int start, out int end) ? Accept(text, start, end, name, ValueSetting.Spoken) : default;

    /// <summary>Finds the argument of an option: <c>"--password", "hunter2"</c>. What begins with a dash is the next option.</summary>
    internal Finding Argument(in EventText text, int at, in FieldName name) =>
        text.GlyphAt(at + text.GlyphAt(at).Length).Value == '-' ? default : InQuotes(text, at, name);

    /// <summary>Finds a value that is what a line has.</summary>
    internal Finding Line(in EventText text, int at, in FieldName name) =>
        Accept(text, at, YamlValues.LineEnd(text, at), name, ValueSetting.Listed);

    /// <summary>Finds the value in the line behind that of the name.</summary>
    internal Finding NextLine(in EventText text, int at, in FieldName name) =>
        YamlValues.TryReadPair(text, name.Start, at, out int start, out int end)
            ? Accept(text, start, end, name, ValueSetting.Listed) : default;

    private Finding Arrow(in EventText text, int at, in FieldName name) => QuotedValues.TryRead(text, at, out int start, out int end)
        ? Accept(text, start, end, name, ValueSetting.Listed)
        : Accept(text, at, ValueExtents.Word(text, at), name, ValueSetting.Spoken);

    private Finding Assigned(in EventText text, int at, in FieldName name, bool isSpaced)
    {
        if (name.Kind == SecretNameKind.Header)
        {
            return _headers.At(text, at);
        }

        if (QuotedValues.TryRead(text, at, out int start, out int quotedEnd))
        {
            return Accept(text, start, QuotedValues.EndOfChange(text, quotedEnd), name, ValueSetting.Listed);
        }

        byte before = Before(text, name.Start);
        ValueSetting listed = before == ';' || !isSpaced ? ValueSetting.Listed : ValueSetting.Assigned;
        int end = before is (byte)'?' or (byte)'&' ? 0 : ValueExtents.Connection(text, at, before == ';');
        if (end > 0)
        {
            return Accept(text, at, end, name, listed);
        }

        end = IsListStart(before) ? ValueExtents.Member(text, at, "="u8) : 0;
        bool isListed = end > 0 || before is (byte)'?' or (byte)'&';
        Finding finding =
            Accept(text, at, end > 0 ? end : ValueExtents.Word(text, at), name, isListed ? ValueSetting.Listed : ValueSetting.Assigned);
        return finding.End > 0 && !isListed && !isSpaced
            ? finding with { End = ValueExtents.Pair(text, name.Start, finding.End) } : finding;
    }

    private Finding Colon(in EventText text, int at, in FieldName name)
    {
        if (name.Kind == SecretNameKind.Header)
        {
            return _headers.At(text, at);
        }

        byte before = Before(text, name.Start);
        if (QuotedValues.TryRead(text, at, out int start, out int quotedEnd))
        {
            return Accept(text, start, quotedEnd, name, name.Kind == SecretNameKind.Secret || IsListStart(before)
                ? ValueSetting.Listed : ValueSetting.Spoken);
        }

        if (YamlValues.TryRead(text, name.Start, at, out int yamlStart, out int yamlEnd))
        {
            return name.Kind == SecretNameKind.Secret ? Accept(text, yamlStart, yamlEnd, name, ValueSetting.Listed) : default;
        }

        int end = ValueExtents.Word(text, at);

        // A full stop ends a sentence. Colons also separate the parts of a path, such as Database:Password:Length or
        // arn:aws:secretsmanager:…:secret:name.
        bool isPath = text.At(name.Start - 1) == ':' && at == name.End + 1;
        bool isField = name.Kind == SecretNameKind.Secret && text.At(end - 1) != '.' && IsAlone(text, end);
        bool isMember = IsListStart(before) && ValueExtents.Member(text, at, ":"u8) == end && !IsFormat(text, name, at, end);
        return isPath ? default : Accept(text, at, end, name, isField || isMember ? ValueSetting.Listed : ValueSetting.Spoken);
    }

    // {Token:l} in a template.
    private static bool IsFormat(in EventText text, in FieldName name, int start, int end) =>
        text.At(name.Start - 1) == '{' && start == name.End + 1 && end - start <= MaxFormat && text.At(end) == '}';

    // Returns whether the value is the last text: the line ends, or a further field begins.
    private static bool IsAlone(in EventText text, int end)
    {
        int at = text.SkipBlanks(end);
        Glyph glyph = text.GlyphAt(at);
        return ValueExtents.EndsLine(text, at)
            || glyph.Value is (byte)'}' or (byte)')' or (byte)']'
            || (glyph.Value is (byte)',' or (byte)';' or (byte)'|'
                && ValueExtents.IsName(text, text.SkipBlanks(at + glyph.Length), "=:"u8));
    }

    // <Password>hunter2</Password>, also with a prefix and with attributes.
    private Finding Element(in EventText text, int at, in FieldName name)
    {
        if (!IsTag(text, name.Start))
        {
            return default;
        }

        int bracket = at + text.GlyphAt(at).Length;
        if (text.GlyphAt(at).Value == '<' && text.Bytes[bracket..].StartsWith("![CDATA["u8))
        {
            at = bracket + "![CDATA[".Length;
        }

        return Accept(text, at, ValueExtents.Element(text, at), name, ValueSetting.Listed);
    }

    private Finding ElementWithAttributes(in EventText text, int at, in FieldName name)
    {
        int limit = Math.Min(text.Length, at + MaxTag);
        while (at < limit)
        {
            Glyph glyph = text.GlyphAt(at);
            if (ValueExtents.ClosesJsonString(text, at, glyph) || glyph.Value == '<')
            {
                return default;
            }

            at += glyph.Length;
            if (glyph.Value == '>')
            {
                return Element(text, at, name);
            }
        }

        return default;
    }

    private static bool IsTag(in EventText text, int nameStart)
    {
        int start = nameStart;
        if (text.At(start - 1) == ':')
        {
            start = text.WordStart(start - 1);
        }

        return text.GlyphBefore(start) == '<';
    }

    // [Password, hunter2]: the form in which .NET writes the pair of a dictionary. A list of two names looks the same, so the pair must be
    // alone or beside another pair.
    private Finding Pair(in EventText text, int at, in FieldName name)
    {
        if (text.At(name.Start - 1) != '[')
        {
            return default;
        }

        if (name.Kind == SecretNameKind.Header)
        {
            return _headers.At(text, at);
        }

        int end = ValueExtents.Member(text, at, ""u8);
        if (end == 0 || text.At(end) != ']')
        {
            return default;
        }

        bool isAlone = ValueExtents.EndsLine(text, end + 1) && Before(text, name.Start - 1) is 0 or (byte)'"' or (byte)'\n';
        bool isPair = isAlone || text.Bytes[end..].StartsWith("], ["u8) || text.Bytes[..(name.Start - 1)].EndsWith("], "u8);
        return Accept(text, at, end, name, isPair ? ValueSetting.Listed : ValueSetting.Spoken);
    }

    // [password] => hunter2
    private Finding Indexed(in EventText text, int at, in FieldName name)
    {
        bool isArrow = text.GlyphAt(at).Value == '=' && text.GlyphAt(at + 1).Value == '>';
        int start = isArrow ? text.SkipBlanks(at + 1 + text.GlyphAt(at + 1).Length) : 0;
        return isArrow ? Accept(text, start, ValueExtents.Word(text, start), name, ValueSetting.Listed) : default;
    }

    // --password hunter2, PASSWORD 'hunter2', <Password type="text">hunter2</Password>
    private Finding BehindBlank(in EventText text, int at, Glyph next, in FieldName name)
    {
        bool isOption = text.At(name.Start) == '-';
        bool mayBeQuoted = name.Kind == SecretNameKind.Secret && (isOption || IsPassword(text.Bytes[name.Start..name.End]));
        if (next.Value is (byte)'\'' or (byte)'"' && mayBeQuoted && QuotedValues.TryRead(text, at, out int start, out int quotedEnd))
        {
            bool isWord = isOption || !text.Bytes[start..quotedEnd].Contains((byte)' ');
            return Accept(text, start, quotedEnd, name, isWord ? ValueSetting.Listed : ValueSetting.Spoken);
        }

        if (isOption && next.Value != '-')
        {
            int end = ValueExtents.Word(text, at);
            int behind = text.SkipBlanks(end);
            bool isArgument = name.Kind == SecretNameKind.Secret && (ValueExtents.EndsLine(text, behind) || text.At(behind) == '-');
            return Accept(text, at, end, name, isArgument ? ValueSetting.Listed : ValueSetting.Spoken);
        }

        return IsTag(text, name.Start) ? ElementWithAttributes(text, at, name) : SaidOrLogin(text, at, name);
    }

    // The password is hunter2, and machine h login bob password hunter2 of a file .netrc.
    private Finding SaidOrLogin(in EventText text, int at, in FieldName name)
    {
        if (name.Kind != SecretNameKind.Secret || !IsPassword(text.Bytes[name.Start..name.End]))
        {
            return default;
        }

        if (FollowsLogin(text, name.Start))
        {
            return Accept(text, at, ValueExtents.Word(text, at), name, ValueSetting.Listed);
        }

        int verb = SaysIs(text, at);
        int value = text.SkipBlanks(at + verb);
        bool isQuoted = QuotedValues.TryRead(text, value, out int start, out int end);
        return verb == 0
            ? default : Accept(text, isQuoted ? start : value, isQuoted ? end : ValueExtents.Word(text, value), name, ValueSetting.Spoken);
    }

    // A text in apostrophes may be the name of a secret: Secret 'db' was rotated.
    private static bool IsPassword(ReadOnlySpan<byte> name) => name.IndexOfAny("pP"u8) >= 0 && name.IndexOfAny("kK"u8) < 0;

    private Finding Accept(in EventText text, int start, int end, in FieldName name, ValueSetting setting) =>
        end > start && shape.IsSecret(text, start, end, name.Kind, setting) ? new Finding(start, end, FindingKinds.Field) : default;

    /// <summary>Tells whether a name stands where a file .netrc has the password of a login.</summary>
    internal static bool FollowsLogin(in EventText text, int nameStart)
    {
        ReadOnlySpan<byte> near = text.Bytes[Math.Max(0, nameStart - MaxTag)..nameStart];
        int login = near.LastIndexOf("login "u8);
        return login >= 0 && near[..login].IndexOf("machine "u8) >= 0
            && !near[(login + "login ".Length)..].TrimEnd((byte)' ').Contains((byte)' ');
    }

    /// <summary>Gets the length of "is " or "was " at a place, or zero if neither is there.</summary>
    internal static int SaysIs(in EventText text, int at) =>
        text.Bytes[at..].StartsWith("is "u8) ? "is ".Length : text.Bytes[at..].StartsWith("was "u8) ? "was ".Length : 0;

    private static bool IsListStart(byte value) => value is (byte)'{' or (byte)'(' or (byte)'[' or (byte)',';

    // Returns the character before a name, skipping blanks.
    private static byte Before(in EventText text, int start)
    {
        for (int blanks = 0; blanks < 8 && text.At(start - 1) is (byte)' ' or (byte)'\t'; blanks++)
        {
            start--;
        }

        return text.GlyphBefore(start);
    }
}
