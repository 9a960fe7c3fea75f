using System.Buffers;

namespace CloudObserve.Monitoring.Patterns;

/// <summary>
/// Splits a message into words, delimiters and values. One message at a time; the tokens are overwritten by the next one.
/// </summary>
/// <remarks>A message is read up to <see cref="MaxTokens"/>. Messages that differ only behind them have one pattern.</remarks>
internal sealed class MessageScanner(WordTable words)
{
    internal const int MaxTokens = 512;

    private static readonly SearchValues<byte> Delimiters = SearchValues.Create("=:,;()[]{}<>\"'|"u8);
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\f\v"u8);

    private readonly int[] _tokens = new int[MaxTokens];
    private readonly ValueType[] _types = new ValueType[MaxTokens];
    private readonly Range[] _parts = new Range[MaxTokens];
    private int _count;

    /// <summary>Gets the numbers of the words, with <see cref="WordTable.Value"/> for each value.</summary>
    internal ReadOnlySpan<int> Tokens => _tokens.AsSpan(0, _count);

    /// <summary>Gets the type of the value at each place of <see cref="Tokens"/>.</summary>
    internal ReadOnlySpan<ValueType> Types => _types.AsSpan(0, _count);

    internal void Scan(ReadOnlySpan<byte> message)
    {
        _count = 0;
        while (_count < MaxTokens)
        {
            int start = message.IndexOfAnyExcept(Blanks);
            if (start < 0)
            {
                return;
            }

            message = message[start..];
            int end = message.IndexOfAny(Blanks);
            if (_count > 0)
            {
                Emit(WordTable.Space);
            }

            AddWord(end < 0 ? message : message[..end]);
            message = end < 0 ? [] : message[end..];
        }
    }

    private void AddWord(ReadOnlySpan<byte> word)
    {
        ReadOnlySpan<byte> core = word.Trim(".,;()[]{}<>\"'"u8);
        bool isTime = core.Contains((byte)':') && ValueForms.IsTime(core);
        if (!isTime && !(core.Contains((byte)':') && ValueForms.IsHexGroups(core)))
        {
            AddParts(word);
            return;
        }

        int before = word.IndexOf(core);
        AddParts(word[..before]);
        EmitValue(isTime ? ValueType.Time : ValueType.ID);
        AddParts(word[(before + core.Length)..]);
    }

    private void AddParts(ReadOnlySpan<byte> word)
    {
        int count = Split(word);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> part = word[_parts[i]];
            if (TimeAt(word, i, count) is > 0 and int length)
            {
                i += length - 1;
                EmitValue(ValueType.Time);
            }
            else if (ValueForms.IsPath(part))
            {
                i = EndOfPath(word, i, count) - 1;
                EmitValue(ValueType.Token);
            }
            else if (i + 2 < count && IsHostAndPort(part, word[_parts[i + 1]], word[_parts[i + 2]]))
            {
                i += 2;
                EmitValue(ValueForms.TypeOf(part) == ValueType.IPAddress ? ValueType.IPAddress : ValueType.Token);
            }
            else if (ValueForms.IsValue(part))
            {
                EmitValue(ValueForms.TypeOf(part));
            }
            else
            {
                AddText(part);
            }
        }
    }

    // Returns the number of parts of the time that begins at a part. In a JSON text there is no space around it.
    private int TimeAt(ReadOnlySpan<byte> word, int first, int count)
    {
        for (int length = 5; length >= 3 && char.IsAsciiDigit((char)word[_parts[first]][0]); length -= 2)
        {
            if (first + length <= count && ValueForms.IsTime(word[_parts[first].Start.._parts[first + length - 1].End]))
            {
                return length;
            }
        }

        return 0;
    }

    private void AddText(ReadOnlySpan<byte> part)
    {
        int number = words.NumberOf(part);
        if (number == WordTable.Value || (words.Has(number, WordTraits.Constant) && FollowsAssignment()))
        {
            EmitValue(ValueType.Token);
        }
        else
        {
            Emit(number);
        }
    }

    private bool FollowsAssignment()
    {
        int at = _count - 1;
        if (at > 0 && _tokens[at] == WordTable.Space)
        {
            at--;
        }

        return at >= 0 && (_tokens[at] == words.EqualSign || _tokens[at] == words.Colon);
    }

    // Delimiters are single characters, and runs of dots, stars and number signs.
    private int Split(ReadOnlySpan<byte> word)
    {
        int count = 0;
        int start = 0;
        int at = 0;
        while (at < word.Length && count < MaxTokens - 2)
        {
            int length = DelimiterAt(word[at..]);
            if (length == 0)
            {
                at++;
                continue;
            }

            if (at > start)
            {
                _parts[count++] = start..at;
            }

            _parts[count++] = at..(at + length);
            at += length;
            start = at;
        }

        if (start < word.Length)
        {
            _parts[count++] = start..word.Length;
        }

        return count;
    }

    private static int DelimiterAt(ReadOnlySpan<byte> rest)
    {
        if (Delimiters.Contains(rest[0]))
        {
            return 1;
        }

        if (rest[0] is not ((byte)'.' or (byte)'*' or (byte)'#'))
        {
            return 0;
        }

        int run = rest.IndexOfAnyExcept(rest[0]);
        run = run < 0 ? rest.Length : run;
        return run >= (rest[0] == (byte)'*' ? 3 : 2) ? run : 0;
    }

    // A path may contain brackets and colons. It ends at a comma, a semicolon, a quote or a bracket that it did not open.
    private int EndOfPath(ReadOnlySpan<byte> word, int first, int count)
    {
        int open = 0;
        int at = first + 1;
        for (; at < count; at++)
        {
            byte delimiter = word[_parts[at]][0];
            if (delimiter is (byte)',' or (byte)';' or (byte)'"' or (byte)'\'')
            {
                break;
            }

            open += delimiter is (byte)'(' or (byte)'[' or (byte)'{' or (byte)'<' ? 1 : 0;
            if (delimiter is (byte)')' or (byte)']' or (byte)'}' or (byte)'>' && --open < 0)
            {
                break;
            }
        }

        return at == count && at - 1 > first && word[_parts[at - 1]] is [(byte)':'] ? at - 1 : at;
    }

    private static bool IsHostAndPort(ReadOnlySpan<byte> host, ReadOnlySpan<byte> colon, ReadOnlySpan<byte> port) =>
        colon is [(byte)':'] && host.Length > 2 && host[1..^1].Contains((byte)'.')
        && port.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private void Emit(int token)
    {
        if (_count < MaxTokens)
        {
            _types[_count] = ValueType.None;
            _tokens[_count++] = token;
        }
    }

    private void EmitValue(ValueType type)
    {
        if (_count < MaxTokens)
        {
            _types[_count] = type;
            _tokens[_count++] = WordTable.Value;
        }
    }
}
