namespace CloudObserve.Filters.Patterns.Fields;

/// <summary>Provides the fields of one event.</summary>
/// <remarks>They are located on demand, and once for all patterns.</remarks>
/// <param name="utf8">The event.</param>
/// <param name="head">Memory for the first fields, as many as any pattern uses.</param>
/// <param name="tail">Memory for the last fields, as many as any pattern uses; it is a ring.</param>
internal ref struct FieldLine(ReadOnlySpan<byte> utf8, Span<FieldToken> head, Span<FieldToken> tail)
{
    private readonly ReadOnlySpan<byte> _utf8 = utf8;
    private readonly Span<FieldToken> _head = head;
    private readonly Span<FieldToken> _tail = tail;
    private FieldTokenizer _tokenizer = new(utf8);
    private int _count;

    /// <summary>Gets one of the first fields.</summary>
    internal bool TryGet(int index, out FieldToken token)
    {
        if (_count <= index)
        {
            Advance(_head[_count..(index + 1)]);
        }

        token = index < _count ? _head[index] : default;
        return index < _count;
    }

    /// <summary>Locates all fields.</summary>
    /// <returns>The number of fields.</returns>
    internal int Count()
    {
        while (TryAdvance())
        {
        }

        return _count;
    }

    /// <summary>Returns one of the last fields.</summary>
    /// <remarks><see cref="Count"/> must have been called.</remarks>
    /// <param name="index">The index of the field, counted from the first field of the event.</param>
    internal readonly FieldToken FromTail(int index) => _tail[index % _tail.Length];

    /// <summary>Returns the text of a field.</summary>
    internal readonly ReadOnlySpan<byte> Text(FieldToken token) => _utf8.Slice(token.Start, token.Length);

    /// <summary>Returns the last field of a pattern without an ellipsis: the unchanged rest of the event from this field on.</summary>
    internal static FieldToken Rest(ReadOnlySpan<byte> utf8, FieldToken token) =>
        FieldTokenizer.IsBlank(utf8[token.OuterEnd..]) ? token : new FieldToken(token.OuterStart, utf8.Length - token.OuterStart, false);

    internal readonly FieldToken Rest(FieldToken token) => Rest(_utf8, token);

    private void Advance(Span<FieldToken> head)
    {
        int read = _tokenizer.Read(head);
        if (_tail.Length > 0)
        {
            for (int i = 0; i < read; i++)
            {
                _tail[(_count + i) % _tail.Length] = head[i];
            }
        }

        _count += read;
    }

    private bool TryAdvance()
    {
        if (!_tokenizer.TryNext(out FieldToken token))
        {
            return false;
        }

        if (_count < _head.Length)
        {
            _head[_count] = token;
        }

        if (_tail.Length > 0)
        {
            _tail[_count % _tail.Length] = token;
        }

        _count++;
        return true;
    }
}
