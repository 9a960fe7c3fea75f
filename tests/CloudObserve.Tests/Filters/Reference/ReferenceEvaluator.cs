using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CloudObserve.Filters;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Tests.Filters.Reference;

/// <summary>The language as one would write it down with no thought of cost: strings, documents, backtracking lists.</summary>
internal sealed class ReferenceEvaluator(ReferenceRegex regexes)
{
    internal bool IsMatch(PatternSyntax syntax, string message) => syntax switch
    {
        TermsSyntax terms => IsMatch(terms, message),
        FieldsSyntax fields => Fields(fields, message) is not null,
        _ => IsMatch((JsonSyntax)syntax, message),
    };

    /// <summary>Gets the fields of the event by the name they are reported under, or nothing if the pattern does not match.</summary>
    internal List<(string Name, string Value)>? Fields(FieldsSyntax syntax, string message)
    {
        List<ReferenceField> parts = ReferenceField.Split(message);
        List<FieldSyntax> fields = [.. syntax.Fields.IsEmpty ? [FieldSyntax.Ellipsis] : syntax.Fields];
        int ellipsis = fields.IndexOf(FieldSyntax.Ellipsis);
        if (parts.Count < fields.Count - (ellipsis < 0 ? 0 : 1))
        {
            return null;
        }

        if (ellipsis >= 0)
        {
            int missing = parts.Count - fields.Count + 1;
            fields.RemoveAt(ellipsis);
            fields.InsertRange(ellipsis, Enumerable.Repeat(FieldSyntax.Unnamed, missing));
        }

        // More parts than fields: the last field takes them all, as they stand in the message.
        if (parts.Count > fields.Count)
        {
            ReferenceField last = parts[fields.Count - 1] with { Value = message[parts[fields.Count - 1].Start..] };
            parts = [.. parts[..(fields.Count - 1)], last];
        }

        bool matches = fields.Zip(parts).All(pair => pair.First.Condition is null || Holds(
            pair.First.Condition, comparison => Holds(comparison, FilterValueKind.Field, pair.Second.Value)));
        return matches ? [.. fields.Zip(parts).Select(static (pair, i) => ($"${pair.First.Name ?? $"{i + 1}"}", pair.Second.Value))] : null;
    }

    private bool IsMatch(TermsSyntax syntax, string message)
    {
        bool Occurs(TermSyntax term) => term.Operand is RegexOperand regex
            ? regexes.IsMatch(regex.Regex.Source, message)
            : message.Contains(((TextOperand)term.Operand).Text, StringComparison.Ordinal);

        return syntax.Terms.IsEmpty
            || (syntax.Terms.All(static term => term.Mode == TermMode.Optional)
                ? syntax.Terms.Any(Occurs)
                : syntax.Terms.All(term => term.Mode == TermMode.Optional || Occurs(term) == (term.Mode == TermMode.Required)));
    }

    private bool IsMatch(JsonSyntax syntax, string message)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(message);
            JsonElement root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object && Holds(syntax.Condition, comparison => Holds(comparison, root));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Holds(Expression expression, Func<Comparison, bool> holds) => expression switch
    {
        AllOf all => all.Parts.All(part => Holds(part, holds)),
        AnyOf any => any.Parts.Any(part => Holds(part, holds)),
        _ => holds((Comparison)expression),
    };

    private bool Holds(Comparison comparison, JsonElement root)
    {
        IEnumerable<JsonElement> found = [root];
        foreach (PathStep step in comparison.Path!.Steps)
        {
            found = [.. found.SelectMany(value => Follow(value, step))];
        }

        return comparison.Operator switch
        {
            ComparisonOperator.NotExists => !found.Any(),
            ComparisonOperator.IsNull => found.Any(
                static value => IsNull(value) || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(IsNull))),
            ComparisonOperator.IsTrue => found.Any(static value => value.ValueKind == JsonValueKind.True),
            ComparisonOperator.IsFalse => found.Any(static value => value.ValueKind == JsonValueKind.False),
            _ => found.Any(value => value.ValueKind switch
            {
                JsonValueKind.Number => Holds(comparison, FilterValueKind.Number, value.GetRawText()),
                JsonValueKind.String => Holds(comparison, FilterValueKind.Text, value.GetString()!),
                _ => false,
            }),
        };
    }

    private static bool IsNull(JsonElement value) => value.ValueKind == JsonValueKind.Null;

    private static IEnumerable<JsonElement> Follow(JsonElement value, PathStep step) => (value.ValueKind, step.Kind) switch
    {
        (JsonValueKind.Object, PathStepKind.Property) => Properties(value).Where(property => property.Name == step.Name)
            .Select(static property => property.Value),
        (JsonValueKind.Object, PathStepKind.AnyProperty or PathStepKind.AnyElement) => Properties(value)
            .Select(static property => property.Value),
        (JsonValueKind.Array, PathStepKind.Element) => value.EnumerateArray().Skip(step.Index).Take(1),
        (JsonValueKind.Array, PathStepKind.AnyElement) => value.EnumerateArray(),
        _ => [],
    };

    // Of properties of the same name the last is the one.
    private static IEnumerable<JsonProperty> Properties(JsonElement value) =>
        value.EnumerateObject().GroupBy(static property => property.Name).Select(static same => same.Last());

    private bool Holds(Comparison comparison, FilterValueKind kind, string text) => comparison.Operator switch
    {
        ComparisonOperator.Equal => Equals(comparison.Operand!, kind, text),
        ComparisonOperator.NotEqual => !Equals(comparison.Operand!, kind, text),
        _ => Number(kind, text) is double number && ((NumberOperand)comparison.Operand!).Value is double operand
            && comparison.Operator switch
            {
                ComparisonOperator.Less => number < operand,
                ComparisonOperator.LessOrEqual => number <= operand,
                ComparisonOperator.Greater => number > operand,
                _ => number >= operand,
            },
    };

    // Numbers are equal by value. Where one side is a text, both are: a number is the text it is written as.
    private bool Equals(Operand operand, FilterValueKind kind, string text) => operand switch
    {
        NumberOperand number when kind == FilterValueKind.Text => text == number.Spelling,
        NumberOperand number => Number(kind, text) == number.Value,
        RegexOperand regex => regexes.IsMatch(regex.Regex.Source, text),
        _ => Wildcard(((TextOperand)operand).Text).IsMatch(text),
    };

    private static Regex Wildcard(string operand)
    {
        if (operand is "*" or "**")
        {
            return new Regex("");
        }

        string pattern = Regex.Escape(operand);
        pattern = operand.StartsWith('*') ? ".*" + pattern[2..] : pattern;
        pattern = operand.Length > 1 && operand.EndsWith('*') ? pattern[..^2] + ".*" : pattern;
        return new Regex($@"\A{pattern}\z", RegexOptions.Singleline);
    }

    private static double? Number(FilterValueKind kind, string text)
    {
        bool mayBe = kind is FilterValueKind.Number or FilterValueKind.Field;
        return mayBe && Regex.IsMatch(text, @"\A[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]+)?\z")
            ? double.Parse(text, CultureInfo.InvariantCulture) : null;
    }
}
