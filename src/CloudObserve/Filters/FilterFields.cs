using CloudObserve.Filters.Patterns.Fields;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters;

/// <summary>Enumerates the fields of an event that matches a space-delimited pattern.</summary>
/// <remarks>Created by <see cref="FilterPattern.GetFields"/>; can be enumerated once.</remarks>
public ref struct FilterFields
{
    private readonly FieldLayout? _layout;
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly int _count;
    private FieldTokenizer _tokenizer;
    private int _index;

    internal FilterFields(FieldLayout layout, ReadOnlySpan<byte> utf8)
    {
        _layout = layout;
        _utf8 = utf8;
        _tokenizer = new FieldTokenizer(utf8);
        _count = layout.HasEllipsis ? new FieldLine(utf8, [], []).Count() : layout.Head.Length;
    }

    /// <summary>Gets the current field.</summary>
    public FilterField Current { get; private set; }

    /// <summary>Returns this instance as the enumerator.</summary>
    /// <returns>The enumerator.</returns>
    public readonly FilterFields GetEnumerator() => this;

    /// <summary>Moves to the next field.</summary>
    /// <returns><see langword="true"/> if there is a next field.</returns>
    public bool MoveNext()
    {
        if (_layout is null || _index == _count || !_tokenizer.TryNext(out FieldToken token))
        {
            return false;
        }

        bool takesRest = !_layout.HasEllipsis && _index == _count - 1;
        token = takesRest ? FieldLine.Rest(_utf8, token) : token;
        Current = new FilterField(_layout.NameAt(_index, _count), _index + 1, _utf8.Slice(token.Start, token.Length));
        _index++;
        return true;
    }
}
