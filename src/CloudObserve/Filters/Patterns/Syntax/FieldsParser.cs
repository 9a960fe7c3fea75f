using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Parses a space-delimited pattern such as <c>[ip, ..., status = 4*, size &gt; 1000]</c>.</summary>
internal sealed class FieldsParser
{
    private const string EllipsisToken = "...";

    private readonly PatternCursor _cursor;
    private readonly ComparisonParser _comparisons;
    private readonly ExpressionParser _conditions;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private string? _name;
    private bool _hasEllipsis;

    internal FieldsParser(PatternCursor cursor)
    {
        _cursor = cursor;
        _comparisons = new ComparisonParser(cursor, new OperandParser(cursor, FilterPatternLimits.MaxRegexes));
        _conditions = new ExpressionParser(cursor, Comparison);
    }

    internal FieldsSyntax? Parse()
    {
        _cursor.Position++;
        _cursor.SkipBlanks();
        if (_cursor.TryTake(']'))
        {
            return new FieldsSyntax([]);
        }

        ImmutableArray<FieldSyntax>.Builder fields = ImmutableArray.CreateBuilder<FieldSyntax>();
        do
        {
            _cursor.SkipBlanks();
            int start = _cursor.Position;
            FieldSyntax? field = Field();
            if (field is null || !IsNew(field.Name, start))
            {
                return null;
            }

            fields.Add(field);
            _cursor.SkipBlanks();
        }
        while (_cursor.TryTake(','));

        return _cursor.TryTake(']') || _cursor.Fail($"expected ',' or the closing ']', but found {_cursor.Found()}")
            ? new FieldsSyntax(fields.ToImmutable())
            : null;
    }

    private bool IsNew(string? name, int position) =>
        name is null || _names.Add(name)
        || _cursor.Fail($"a name may be given to one field only, and '{name}' is given to an earlier one", position, Duplicate(name));

    private static string Duplicate(string name) => $"Duplicate field '{name}'";

    private FieldSyntax? Field()
    {
        int start = _cursor.Position;
        if (_cursor.TryTake(EllipsisToken))
        {
            return !_hasEllipsis || _cursor.Fail("'...' may stand in one place only", start, Duplicate(EllipsisToken)) ? Ellipsis() : null;
        }

        if (AtFieldEnd())
        {
            return FieldSyntax.Unnamed;
        }

        _name = PathParser.TakeKey(_cursor);
        _cursor.SkipBlanks();
        if (_name.Length > 0 && AtFieldEnd())
        {
            return new FieldSyntax(_name, null, false);
        }

        return Conditional(start);
    }

    private FieldSyntax Ellipsis()
    {
        _hasEllipsis = true;
        return FieldSyntax.Ellipsis;
    }

    private FieldSyntax? Conditional(int start)
    {
        // The name is part of the first comparison, so parsing of the condition starts before the name.
        _cursor.Position = start;
        _name = null;
        Expression? condition = _conditions.Parse();
        return condition is null ? null : new FieldSyntax(_name, condition, false);
    }

    private bool AtFieldEnd() => _cursor.Current is ',' or ']';

    private Comparison? Comparison()
    {
        int start = _cursor.Position;
        string name = PathParser.TakeKey(_cursor);
        _cursor.SkipBlanks();
        if (name.Length == 0)
        {
            _cursor.Fail($"expected a field name, but found {_cursor.Found()}");
        }
        else if ((_name ??= name) != name)
        {
            _cursor.Fail($"a condition is about one field: expected '{_name}' again, or ',' before '{name}'", start);
        }
        else if (!_comparisons.TryOperator(out ComparisonOperator comparison))
        {
            _cursor.Fail($"expected one of = != < > <= >=, ',' or ']' after the field name, but found {_cursor.Found()}");
        }
        else
        {
            return _comparisons.Parse(null, comparison);
        }

        return null;
    }
}
