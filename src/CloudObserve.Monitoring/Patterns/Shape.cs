namespace CloudObserve.Monitoring.Patterns;

/// <summary>Holds the messages of one signature: what they have in common, how many there were and when.</summary>
internal sealed class Shape
{
    private const int MaxSampleBytes = 1024;

    // The types of so many messages are examined. It is enough to see what a value is, and the rest costs nothing.
    private const int TypedMessages = 64;

    private readonly int[] _tokens;
    private readonly ValueType[] _types;
    private int _typed;

    internal Shape(int[] signature, MessageScanner message, ReadOnlySpan<byte> text)
    {
        Signature = signature;
        _tokens = message.Tokens.ToArray();
        _types = message.Types.ToArray();
        Sample = text[..Math.Min(text.Length, MaxSampleBytes)].ToArray();
    }

    private Shape(int[] signature, Shape largest)
    {
        Signature = signature;
        _tokens = [.. largest._tokens];
        _types = [.. largest._types];
        _typed = TypedMessages;
        Sample = largest.Sample;
    }

    internal int[] Signature { get; }

    internal byte[] Sample { get; }

    internal long Count { get; private set; }

    internal DateTimeOffset? FirstSeen { get; private set; }

    internal DateTimeOffset? LastSeen { get; private set; }

    /// <summary>Gets whether all messages have equally many tokens, so that <see cref="Tokens"/> describes each of them.</summary>
    internal bool IsAligned { get; private set; } = true;

    /// <summary>Gets the tokens of the messages. Where they differ there is a value.</summary>
    internal ReadOnlySpan<int> Tokens => IsAligned ? _tokens : Signature;

    /// <summary>Gets the types of the values in <see cref="Tokens"/>, or nothing if they are not known.</summary>
    internal ReadOnlySpan<ValueType> Types => IsAligned ? _types : default;

    /// <summary>Joins shapes to the shape that has their common signature.</summary>
    internal static Shape Join(int[] signature, IReadOnlyList<Shape> shapes)
    {
        Shape joined = new(signature, shapes.MaxBy(s => s.Count)!);
        foreach (Shape shape in shapes)
        {
            joined.Align(shape._tokens, shape._types, shape.IsAligned);
            joined.Count += shape.Count;
            joined.See(shape.FirstSeen);
            joined.See(shape.LastSeen);
        }

        return joined;
    }

    internal void Add(MessageScanner message, DateTimeOffset? timestamp)
    {
        Count++;
        See(timestamp);
        if (IsAligned && _typed < TypedMessages)
        {
            _typed++;
            Align(message.Tokens, message.Types, isAligned: true);
        }
        else if (IsAligned)
        {
            AlignTokens(message.Tokens);
        }
    }

    private void Align(ReadOnlySpan<int> tokens, ReadOnlySpan<ValueType> types, bool isAligned)
    {
        IsAligned &= isAligned;
        AlignTokens(tokens);
        for (int i = 0; IsAligned && i < tokens.Length; i++)
        {
            _types[i] = _tokens[i] != WordTable.Value || _types[i] == types[i] ? _types[i]
                : _types[i] == ValueType.None ? ValueType.Token : Common(_types[i], types[i]);
        }
    }

    // A text that another message does not have makes the place a value of no special type.
    private static ValueType Common(ValueType one, ValueType other) => one == other ? one : ValueType.Token;

    private void AlignTokens(ReadOnlySpan<int> tokens)
    {
        if (tokens.SequenceEqual(_tokens))
        {
            return;
        }

        IsAligned &= tokens.Length == _tokens.Length;
        for (int i = 0; IsAligned && i < tokens.Length; i++)
        {
            if (tokens[i] != _tokens[i])
            {
                _tokens[i] = WordTable.Value;
                _types[i] = ValueType.Token;
            }
        }
    }

    private void See(DateTimeOffset? timestamp)
    {
        if (timestamp is { } seen)
        {
            FirstSeen = FirstSeen < seen ? FirstSeen : seen;
            LastSeen = LastSeen > seen ? LastSeen : seen;
        }
    }
}
