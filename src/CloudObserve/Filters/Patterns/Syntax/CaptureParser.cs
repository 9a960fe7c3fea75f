using System.Collections.Immutable;
using System.Globalization;
using CloudObserve.Diagnostics;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>
/// Parses a selector of a value in matching events: <c>$.property</c>, <c>$field</c> or <c>$7</c>, depending on the pattern's kind.
/// </summary>
internal sealed class CaptureParser
{
    private readonly PatternCursor _cursor;

    private CaptureParser(string selector) => _cursor = new PatternCursor(selector);

    internal static CaptureSyntax? Parse(string selector, PatternSyntax pattern, out FilterPatternError? error)
    {
        CaptureParser parser = new(selector);
        CaptureSyntax? capture = pattern switch
        {
            JsonSyntax => parser.Property(),
            FieldsSyntax fields => parser.Field(new FieldLayout(fields)),
            _ => parser.Nothing(),
        };
        error = parser._cursor.Error;
        return capture;
    }

    private CaptureSyntax? Nothing()
    {
        _cursor.Fail("a term pattern has no selectors; use a JSON or a space-delimited pattern");
        return null;
    }

    private PropertyCapture? Property()
    {
        JsonPath? path = new PathParser(_cursor).Parse();
        bool isOne = path is { Wildcards: 0 } || _cursor.Fail("expected a selector without wildcards, because one value is taken", 0);
        return isOne && IsAtEnd() ? new PropertyCapture(path!) : null;
    }

    private bool IsAtEnd() => _cursor.AtEnd || _cursor.Fail($"expected the end of the selector, but found {_cursor.Found()}");

    private FieldCapture? Field(FieldLayout layout)
    {
        if (!_cursor.TryTake('$'))
        {
            _cursor.Fail($"expected '$' and the name or the position of a field, but found {_cursor.Found()}");
            return null;
        }

        string name = PathParser.TakeKey(_cursor);
        if (!IsAtEnd())
        {
            return null;
        }

        return ByName(name, layout.Head, FieldOrigin.Head) ?? ByName(name, layout.Tail, FieldOrigin.Tail) ?? ByPosition(name, layout);
    }

    private static FieldCapture? ByName(string name, ImmutableArray<FieldSyntax> fields, FieldOrigin origin)
    {
        int index = fields.Select(static field => field.Name).ToList().IndexOf(name);
        return index < 0 ? null : new FieldCapture(origin, index);
    }

    private FieldCapture? ByPosition(string name, FieldLayout layout)
    {
        bool isPosition = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int position)
            && position is > 0 and <= FilterPatternLimits.MaxLength;
        if (!isPosition)
        {
            _cursor.Fail($"the pattern has no field '{name}'", 1);
            return null;
        }

        if (position > layout.Head.Length)
        {
            return layout.HasEllipsis || _cursor.Fail($"the pattern has only {Counted.Of(layout.Head.Length, "field")}", 1)
                ? new FieldCapture(FieldOrigin.Event, position - 1)
                : null;
        }

        string? taken = layout.Head[position - 1].Name;
        return taken is null || _cursor.Fail($"the field at position {position} is called '${taken}'", 1)
            ? new FieldCapture(FieldOrigin.Head, position - 1)
            : null;
    }
}
