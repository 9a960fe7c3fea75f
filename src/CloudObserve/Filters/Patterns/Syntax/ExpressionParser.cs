using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Parses conditions joined by <c>&amp;&amp;</c>, <c>||</c> and parentheses.</summary>
/// <remarks><c>||</c> has the lowest precedence.</remarks>
/// <param name="cursor">The position in the text.</param>
/// <param name="comparison">Parses one comparison.</param>
internal sealed class ExpressionParser(PatternCursor cursor, Func<Expression?> comparison)
{
    /// <summary>Parses a condition.</summary>
    /// <returns>The condition, or <see langword="null"/> if the cursor holds an error.</returns>
    internal Expression? Parse() => Joined("||", Conjunction, static parts => new AnyOf(parts));

    private Expression? Conjunction() => Joined("&&", Unit, static parts => new AllOf(parts));

    private Expression? Joined(string joiner, Func<Expression?> part, Func<ImmutableArray<Expression>, Expression> join)
    {
        ImmutableArray<Expression>.Builder parts = ImmutableArray.CreateBuilder<Expression>();
        do
        {
            cursor.SkipBlanks();
            Expression? next = part();
            if (next is null)
            {
                return null;
            }

            parts.Add(next);
            cursor.SkipBlanks();
        }
        while (cursor.TryTake(joiner));

        return parts.Count == 1 ? parts[0] : join(parts.ToImmutable());
    }

    private Expression? Unit()
    {
        if (cursor.Current != '(')
        {
            return comparison();
        }

        int opening = cursor.Position++;
        Expression? inner = Parse();
        if (inner is not null && !cursor.TryTake(')'))
        {
            cursor.Fail($"expected '&&', '||' or the ')' of the '(' at {opening}, but found {cursor.Found()}");
            return null;
        }

        return inner;
    }
}
