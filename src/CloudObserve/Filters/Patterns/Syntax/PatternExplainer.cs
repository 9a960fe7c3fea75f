using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Describes in words which events a pattern matches.</summary>
internal sealed class PatternExplainer
{
    private readonly List<string> _lines = [];

    private PatternExplainer()
    {
    }

    internal static IReadOnlyList<string> Explain(PatternSyntax syntax)
    {
        PatternExplainer explainer = new();
        switch (syntax)
        {
            case JsonSyntax json:
                explainer.Line(0, "Matches events that are JSON objects and in which");
                explainer.Condition(1, json.Condition, null);
                break;
            case FieldsSyntax fields:
                explainer.Fields(new FieldLayout(fields));
                break;
            case TermsSyntax terms:
                explainer.Terms(terms);
                break;
        }

        return explainer._lines;
    }

    private void Line(int depth, string text) => _lines.Add(new string(' ', 2 * depth) + text);

    private void Terms(TermsSyntax syntax)
    {
        if (syntax.Terms.IsEmpty)
        {
            Line(0, "Matches every event.");
            return;
        }

        Line(0, syntax.AnyIsEnough ? "Matches events that fulfil one of these:" : "Matches events that fulfil all of these:");
        foreach (TermSyntax term in syntax.Terms)
        {
            string occurs = term.Operand is RegexOperand regex
                ? $"a match of the regular expression {regex.Regex.Source}"
                : $"the text {PatternPrinter.Quote(((TextOperand)term.Operand).Text)}";
            Line(1, term.Mode switch
            {
                TermMode.Excluded => $"{occurs} does not occur",
                TermMode.Optional when !syntax.AnyIsEnough => $"(ignored, because not every term is optional: {occurs} occurs)",
                _ => $"{occurs} occurs",
            });
        }
    }

    private void Fields(FieldLayout layout)
    {
        int least = layout.Head.Length + layout.Tail.Length;
        Line(0, least == 0 ? "Matches every event." : $"Matches events of {least} or more fields between blanks:");
        for (int i = 0; i < layout.Head.Length; i++)
        {
            bool takesRest = !layout.HasEllipsis && i == layout.Head.Length - 1;
            Field($"field {i + 1}{(takesRest ? " and the rest of the event" : string.Empty)}", layout.Head[i]);
        }

        if (layout.HasEllipsis && least > 0)
        {
            Line(1, "any number of fields");
        }

        for (int i = 0; i < layout.Tail.Length; i++)
        {
            int fromEnd = layout.Tail.Length - i;
            Field(fromEnd == 1 ? "the last field" : $"field {fromEnd} from the end", layout.Tail[i]);
        }
    }

    private void Field(string place, FieldSyntax field)
    {
        string name = field.Name is null ? string.Empty : $", called {field.Name}";
        Line(1, field.Condition is null ? place + name : $"{place}{name}, if");
        if (field.Condition is not null)
        {
            Condition(2, field.Condition, field.Name);
        }
    }

    private void Condition(int depth, Expression expression, string? field)
    {
        switch (expression)
        {
            case AllOf all:
                Parts(depth, "all of these hold:", all.Parts, field);
                break;
            case AnyOf any:
                Parts(depth, "one of these holds:", any.Parts, field);
                break;
            case Comparison comparison:
                string subject = comparison.Path is null ? field! : PatternPrinter.Print(comparison.Path);
                Line(depth, $"{subject} {ComparisonExplainer.Explain(comparison)}");
                break;
        }
    }

    private void Parts(int depth, string heading, ImmutableArray<Expression> parts, string? field)
    {
        Line(depth, heading);
        foreach (Expression part in parts)
        {
            Condition(depth + 1, part, field);
        }
    }
}
