using System.Text;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>
/// Writes a pattern in its canonical form: one blank where blanks are allowed, and quotation marks around every compared text.
/// </summary>
internal static class PatternPrinter
{
    internal static string Print(PatternSyntax syntax) => syntax switch
    {
        JsonSyntax json => $"{{ {Print(json.Condition, null)} }}",
        FieldsSyntax fields => $"[{string.Join(", ", fields.Fields.Select(Print))}]",
        _ => string.Join(' ', ((TermsSyntax)syntax).Terms.Select(Print)),
    };

    internal static string Print(JsonPath path)
    {
        StringBuilder text = new("$");
        foreach (PathStep step in path.Steps)
        {
            _ = step.Kind switch
            {
                PathStepKind.AnyProperty => text.Append(".*"),
                PathStepKind.AnyElement => text.Append("[*]"),
                PathStepKind.Element => text.Append('[').Append(step.Index).Append(']'),
                _ when PathParser.IsKey(step.Name) => text.Append('.').Append(step.Name),
                _ => text.Append(".['").Append(step.Name).Append("']"),
            };
        }

        return text.ToString();
    }

    internal static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Print(TermSyntax term)
    {
        string prefix = term.Mode switch { TermMode.Excluded => "-", TermMode.Optional => "?", _ => string.Empty };
        return prefix + (term.Operand is TextOperand { Text: string text } && PatternCursor.IsBareword(text) ? text : Print(term.Operand));
    }

    private static string Print(FieldSyntax field) =>
        field.IsEllipsis ? "..." : field.Condition is null ? field.Name ?? string.Empty : Print(field.Condition, field.Name);

    private static string Print(Expression expression, string? field) => expression switch
    {
        AnyOf any => string.Join(" || ", any.Parts.Select(part => Print(part, field, inParentheses: part is AnyOf))),
        AllOf all => string.Join(" && ", all.Parts.Select(part => Print(part, field, inParentheses: part is AnyOf or AllOf))),
        _ => Print((Comparison)expression, field),
    };

    private static string Print(Expression expression, string? field, bool inParentheses) =>
        inParentheses ? $"({Print(expression, field)})" : Print(expression, field);

    private static string Print(Comparison comparison, string? field)
    {
        string subject = comparison.Path is null ? field! : Print(comparison.Path);
        return comparison.Operator switch
        {
            ComparisonOperator.IsNull => $"{subject} IS NULL",
            ComparisonOperator.IsTrue => $"{subject} IS TRUE",
            ComparisonOperator.IsFalse => $"{subject} IS FALSE",
            ComparisonOperator.NotExists => $"{subject} NOT EXISTS",
            _ => $"{subject} {ComparisonParser.Symbol(comparison.Operator)} {Print(comparison.Operand!)}",
        };
    }

    private static string Print(Operand operand) => operand switch
    {
        NumberOperand number => number.Spelling,
        RegexOperand regex => $"%{regex.Regex.Source}%",
        _ => Quote(((TextOperand)operand).Text),
    };
}
