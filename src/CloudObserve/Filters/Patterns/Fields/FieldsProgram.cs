using System.Collections.Immutable;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Filters.Patterns.Fields;

/// <summary>One compiled space-delimited pattern.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class FieldsProgram
{
    private readonly FieldLayout _layout;
    private readonly FieldCondition?[] _head;
    private readonly FieldCondition?[] _tail;
    private readonly ImmutableArray<CaptureSyntax> _captures;
    private readonly int _firstCapture;

    internal FieldsProgram(int pattern, FieldsSyntax syntax, ImmutableArray<CaptureSyntax> captures, int firstCapture)
    {
        Pattern = pattern;
        _layout = new FieldLayout(syntax);
        _head = Compile(_layout.Head);
        _tail = Compile(_layout.Tail);
        _captures = captures;
        _firstCapture = firstCapture;
        HeadRoom = captures.OfType<FieldCapture>().Select(static capture => capture.Index + 1).Append(_head.Length).Max();
    }

    /// <summary>Gets the pattern's number.</summary>
    internal int Pattern { get; }

    /// <summary>Gets how many of the first fields must be kept.</summary>
    internal int HeadRoom { get; }

    /// <summary>Gets how many of the last fields must be kept.</summary>
    internal int TailRoom => _tail.Length;

    internal bool TryMatch(ref FieldLine line, Span<FilterCapture> captures)
    {
        if (!HeadMatches(ref line) || !TailMatches(ref line))
        {
            return false;
        }

        for (int i = 0; i < _captures.Length; i++)
        {
            FieldToken? token = Find(ref line, (FieldCapture)_captures[i]);
            captures[_firstCapture + i] = token is null ? default : new FilterCapture(FilterValueKind.Field, token.Value.Start, token.Value.Length, false);
        }

        return true;
    }

    private static FieldCondition?[] Compile(ImmutableArray<FieldSyntax> fields) =>
        [.. fields.Select(static field => field.Condition is null ? null : new FieldCondition(field.Condition))];

    private bool HeadMatches(ref FieldLine line)
    {
        for (int i = 0; i < _head.Length; i++)
        {
            if (!TryHead(ref line, i, out FieldToken token) || _head[i]?.Holds(line.Text(token)) == false)
            {
                return false;
            }
        }

        return true;
    }

    // CloudWatch Logs: without an ellipsis the last field of the pattern takes the rest of the event.
    private bool TryHead(ref FieldLine line, int index, out FieldToken token)
    {
        bool found = line.TryGet(index, out token);
        bool takesRest = found && !_layout.HasEllipsis && index == _head.Length - 1;
        token = takesRest ? line.Rest(token) : token;
        return found;
    }

    private bool TailMatches(ref FieldLine line)
    {
        if (_tail.Length == 0)
        {
            return true;
        }

        int first = line.Count() - _tail.Length;
        if (first < _head.Length)
        {
            return false;
        }

        for (int i = 0; i < _tail.Length; i++)
        {
            if (_tail[i]?.Holds(line.Text(line.FromTail(first + i))) == false)
            {
                return false;
            }
        }

        return true;
    }

    private FieldToken? Find(ref FieldLine line, FieldCapture capture)
    {
        switch (capture.Origin)
        {
            case FieldOrigin.Head:
                return TryHead(ref line, capture.Index, out FieldToken inHead) ? inHead : null;
            case FieldOrigin.Tail:
                return line.FromTail(line.Count() - _tail.Length + capture.Index);
            default:
                // A field that the pattern names has no number.
                bool isNumbered = line.TryGet(capture.Index, out FieldToken token) && _layout.NameAt(capture.Index, line.Count()) is null;
                return isNumbered ? token : null;
        }
    }
}
