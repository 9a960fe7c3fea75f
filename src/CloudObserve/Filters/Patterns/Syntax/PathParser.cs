using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Parses a property selector such as <c>$.users[0].['e.mail']</c>.</summary>
internal sealed class PathParser(PatternCursor cursor)
{
    private static readonly SearchValues<char> KeyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private int _wildcards;

    internal static bool IsKey(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(KeyCharacters);

    internal static string TakeKey(PatternCursor cursor) => cursor.TakeWhile(KeyCharacters);

    /// <summary>Parses a selector.</summary>
    /// <returns>The selector, or <see langword="null"/> if the cursor holds an error.</returns>
    internal JsonPath? Parse()
    {
        if (cursor.Current != '$' || cursor.Peek(1) != '.')
        {
            cursor.Fail(
                $"expected a property selector, which begins with '$.', but found {cursor.Found()}",
                service: cursor.Current == '!' ? cursor.InvalidTerm(cursor.Position, cursor.Position + 2) : null);
            return null;
        }

        int selector = cursor.Position++;
        ImmutableArray<PathStep>.Builder steps = ImmutableArray.CreateBuilder<PathStep>();
        while (cursor.Current is '.' or '[')
        {
            int start = cursor.Position;
            if (!TryStep(selector, out PathStep step) || (step.IsWildcard && !MayUseWildcard(steps, start)))
            {
                return null;
            }

            steps.Add(step);
        }

        return new JsonPath(steps.ToImmutable());
    }

    private bool MayUseWildcard(ImmutableArray<PathStep>.Builder steps, int position)
    {
        if (steps.Count(static step => step.IsWildcard) == FilterPatternLimits.MaxWildcardsPerSelector)
        {
            return cursor.Fail(
                "a selector may have one wildcard only",
                position,
                $"Your filter pattern has a JSON path selector that exceeds the maximum of {FilterPatternLimits.MaxWildcardsPerSelector} "
                    + $"wildcard allowed per json selector.");
        }

        return ++_wildcards <= FilterPatternLimits.MaxWildcards
            || cursor.Fail(
                $"a pattern may have {FilterPatternLimits.MaxWildcards} wildcard selectors only",
                position,
                $"Your input has exceeded the maximum of {FilterPatternLimits.MaxWildcards} JSON wildcard selectors allowed per filter "
                    + $"pattern.");
    }

    private bool TryStep(int selector, out PathStep step)
    {
        bool afterDot = cursor.TryTake('.');
        if (cursor.TryTake("['"))
        {
            return TryQuotedKey(out step);
        }

        return afterDot ? TryKey(selector, out step) : TryElement(out step);
    }

    private bool TryKey(int selector, out PathStep step)
    {
        step = new PathStep(PathStepKind.AnyProperty);
        if (cursor.TryTake('*'))
        {
            return true;
        }

        step = new PathStep(PathStepKind.Property, TakeKey(cursor));
        return step.Name!.Length > 0 || cursor.Fail(
            $"expected a property name after the dot, but found {cursor.Found()}; a name with other characters is written ['name']",
            service: cursor.InvalidTerm(selector));
    }

    private bool TryQuotedKey(out PathStep step)
    {
        int end = cursor.Text.IndexOf("']", cursor.Position, StringComparison.Ordinal);
        if (end < 0)
        {
            step = default;
            return cursor.Fail("expected '] that ends the property name", cursor.Position - 2);
        }

        step = new PathStep(PathStepKind.Property, cursor.Text[cursor.Position..end]);
        cursor.Position = end + 2;
        return true;
    }

    private bool TryElement(out PathStep step)
    {
        int opening = cursor.Position++;
        step = new PathStep(PathStepKind.AnyElement);
        if (!cursor.TryTake('*'))
        {
            int start = cursor.Position;
            while (char.IsAsciiDigit(cursor.Current))
            {
                cursor.Position++;
            }

            if (!int.TryParse(
                cursor.Text.AsSpan(start, cursor.Position - start), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
            {
                return cursor.Fail(
                    "expected an index, '*' or a quoted property name after '['", start, cursor.InvalidTerm(opening, start + 1));
            }

            step = new PathStep(PathStepKind.Element, Index: index);
        }

        return cursor.TryTake(']') || cursor.Fail($"expected ']' after the index, but found {cursor.Found()}");
    }
}
