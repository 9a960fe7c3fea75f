using System.Collections.Immutable;
using System.Globalization;
using CloudObserve.Filters.Patterns.Syntax;

namespace CloudObserve.Tests.Filters.Reference;

/// <summary>Writes patterns over a vocabulary so small that events made of the same words often match.</summary>
internal sealed class SyntaxGenerator(Random random)
{
    internal static readonly string[] Words =
        ["a", "b", "ab", "ERROR", "1", "10", "-5", "1.5", ".5", "true", "é", "a b", "\"", "\\", "[", "]", "*", "😀", ""];
    internal static readonly string[] Keys = ["a", "b", "c-d", "e.f", "é", "x y"];

    internal ReferenceRegex Regexes { get; } = new(random);

    internal PatternSyntax Any() => random.Next(3) switch { 0 => Terms(), 1 => Json(), _ => Fields() };

    internal TermsSyntax Terms()
    {
        bool allOptional = random.Chance(3);
        return new TermsSyntax([.. Enumerable.Range(0, random.Next(4)).Select(_ => new TermSyntax(
            allOptional ? TermMode.Optional : random.Pick(TermMode.Required, TermMode.Required, TermMode.Excluded, TermMode.Optional),
            random.Chance(4) ? Regex() : new TextOperand(random.Join(1, 2, () => random.Pick(Words)))))]);
    }

    internal JsonSyntax Json()
    {
        int wildcards = 3;
        int regexes = 2;
        return new JsonSyntax(Condition(2, () => Comparison(Path(ref wildcards), json: true, ref regexes)));
    }

    internal FieldsSyntax Fields()
    {
        int regexes = 2;
        string[] names = ["a", "b", "status_code", "7"];
        random.Shuffle(names);
        List<FieldSyntax> fields = [.. names.Take(random.Next(5)).Select(name => Field(name, ref regexes))];
        if (random.Chance(2))
        {
            fields.Insert(random.Next(fields.Count + 1), FieldSyntax.Ellipsis);
        }

        // A single field without a name cannot be written: "[]" has none.
        return new FieldsSyntax(fields is [{ Name: null, IsEllipsis: false }] ? [] : [.. fields]);
    }

    private FieldSyntax Field(string name, ref int regexes)
    {
        int left = regexes;
        Expression? condition = random.Chance(2) ? null : Condition(2, () => Comparison(null, json: false, ref left));
        regexes = left;
        return condition is null && random.Chance(2) ? FieldSyntax.Unnamed : new FieldSyntax(name, condition, false);
    }

    private Expression Condition(int depth, Func<Comparison> comparison)
    {
        if (depth == 0 || random.Chance(3))
        {
            return comparison();
        }

        ImmutableArray<Expression> parts = [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => Condition(depth - 1, comparison))];
        return random.Chance(2) ? new AllOf(parts) : new AnyOf(parts);
    }

    internal JsonPath Path(ref int wildcards)
    {
        ImmutableArray<PathStep>.Builder steps = ImmutableArray.CreateBuilder<PathStep>();
        bool mayBeWild = wildcards > 0;
        for (int i = random.Next(3); i >= 0; i--)
        {
            PathStep step = random.Next(mayBeWild ? 6 : 4) switch
            {
                4 => new PathStep(PathStepKind.AnyProperty),
                5 when steps.Count > 0 => new PathStep(PathStepKind.AnyElement),
                0 when steps.Count > 0 => new PathStep(PathStepKind.Element, Index: random.Next(3)),
                _ => new PathStep(PathStepKind.Property, random.Pick(Keys)),
            };
            wildcards -= step.IsWildcard ? 1 : 0;
            mayBeWild &= !step.IsWildcard;
            steps.Add(step);
        }

        return new JsonPath(steps.ToImmutable());
    }

    private Comparison Comparison(JsonPath? path, bool json, ref int regexes)
    {
        ComparisonOperator comparison = (ComparisonOperator)random.Next(json ? 10 : 6);
        if (comparison > ComparisonOperator.GreaterOrEqual)
        {
            return new Comparison(path, comparison, null);
        }

        if (comparison > ComparisonOperator.NotEqual || random.Chance(3))
        {
            string spelling = random.Pick("1", "10", "-5", "+1.5", "1e1", "0.10E2", "007", ".5", "-.5e1");
            return new Comparison(path, comparison, new NumberOperand(spelling, double.Parse(spelling, CultureInfo.InvariantCulture)));
        }

        if (regexes > 0 && random.Chance(3))
        {
            regexes--;
            return new Comparison(path, comparison, Regex());
        }

        string text = random.Pick("", "", "*") + random.Join(0, 2, () => random.Pick(Words)) + random.Pick("", "", "*");
        return new Comparison(path, comparison, new TextOperand(text));
    }

    private RegexOperand Regex()
    {
        string source = Regexes.Next();
        TermsSyntax term = (TermsSyntax)PatternParser.Parse($"%{source}%", out _)!;
        return (RegexOperand)term.Terms[0].Operand;
    }
}
