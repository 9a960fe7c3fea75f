using System.Collections.Immutable;
using System.Text;
using CloudObserve.Filters.Patterns.Evaluation;
using CloudObserve.Filters.Patterns.Syntax;
using CloudObserve.Filters.Patterns.Terms;

namespace CloudObserve.Filters.Patterns.Fields;

/// <summary>Represents one compiled space-delimited pattern.</summary>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class FieldsProgram
{
    private readonly FieldLayout _layout;
    private readonly (int Index, FieldCondition Condition)[] _head;
    private readonly (int Index, FieldCondition Condition)[] _tail;
    private readonly int _headCount;
    private readonly int _tailCount;

    // CloudWatch Logs: without an ellipsis the last field of the pattern contains the rest of the event.
    private readonly int _takesRest;
    private readonly ImmutableArray<CaptureSyntax> _captures;
    private readonly int _firstCapture;

    internal FieldsProgram(int pattern, FieldsSyntax syntax, ImmutableArray<CaptureSyntax> captures, int firstCapture)
    {
        Pattern = pattern;
        _layout = new FieldLayout(syntax);
        _head = Compile(_layout.Head);
        _tail = Compile(_layout.Tail);
        _headCount = _layout.Head.Length;
        _tailCount = _layout.Tail.Length;
        _takesRest = _layout.HasEllipsis ? -1 : _headCount - 1;
        _captures = captures;
        _firstCapture = firstCapture;
        RequiredPlaces = BigramFilter.PlacesOf(LongestRequired(syntax));
        HeadRoom = captures.OfType<FieldCapture>().Select(static capture => capture.Index + 1).Append(_headCount).Max();
    }

    /// <summary>Gets the number of the pattern.</summary>
    internal int Pattern { get; }

    /// <summary>Gets the number of first fields that the pattern needs.</summary>
    internal int HeadRoom { get; }

    /// <summary>Gets the number of last fields that the pattern needs.</summary>
    internal int TailRoom => _tailCount;

    /// <summary>Gets the byte pairs that every matching event contains.</summary>
    internal ushort[] RequiredPlaces { get; }

    internal bool TryMatch(ref FieldLine line, Span<FilterCapture> captures)
    {
        if (!HeadMatches(ref line) || !TailMatches(ref line))
        {
            return false;
        }

        for (int i = 0; i < _captures.Length; i++)
        {
            FieldToken? token = Find(ref line, (FieldCapture)_captures[i]);
            captures[_firstCapture + i] = token is null
                ? default : new FilterCapture(FilterValueKind.Field, token.Value.Start, token.Value.Length, false);
        }

        return true;
    }

    // Most fields have no condition, so only the conditions are stored, with their field's index.
    private static (int Index, FieldCondition Condition)[] Compile(ImmutableArray<FieldSyntax> fields) =>
        [.. fields.Index().Where(static field => field.Item.Condition is not null)
            .Select(static field => (field.Index, new FieldCondition(field.Item.Condition!)))];

    // The value of a field stands unescaped in the event, so a text that it must contain is also in the event.
    private static byte[] LongestRequired(FieldsSyntax syntax) => syntax.Fields
        .SelectMany(static field => field.Condition is null ? [] : RequiredTexts.Of(field.Condition))
        .Select(Encoding.UTF8.GetBytes)
        .MaxBy(static core => core.Length) ?? [];

    private bool HeadMatches(ref FieldLine line)
    {
        foreach ((int index, FieldCondition condition) in _head)
        {
            if (!TryHead(ref line, index, out FieldToken token) || !condition.Holds(line.Text(token)))
            {
                return false;
            }
        }

        // Checked last, because it may need to read the whole event.
        return _headCount == 0 || line.TryGet(_headCount - 1, out _);
    }

    private bool TryHead(ref FieldLine line, int index, out FieldToken token)
    {
        bool found = line.TryGet(index, out token);
        token = found && index == _takesRest ? line.Rest(token) : token;
        return found;
    }

    private bool TailMatches(ref FieldLine line)
    {
        if (_tailCount == 0)
        {
            return true;
        }

        int first = line.Count() - _tailCount;
        if (first < _headCount)
        {
            return false;
        }

        foreach ((int index, FieldCondition condition) in _tail)
        {
            if (!condition.Holds(line.Text(line.FromTail(first + index))))
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
                return line.FromTail(line.Count() - _tailCount + capture.Index);
            default:
                // A field that the pattern names cannot be captured by position.
                bool isNumbered = line.TryGet(capture.Index, out FieldToken token) && _layout.NameAt(capture.Index, line.Count()) is null;
                return isNumbered ? token : null;
        }
    }
}
