namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>One element of a branch: an anchor, or a character with how often it may come.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Set">The characters, unless it is an anchor.</param>
/// <param name="Min">The fewest times.</param>
/// <param name="Max">The most times; <see langword="null"/> is without end.</param>
internal readonly record struct RegexItem(RegexItemKind Kind, CharacterSet Set, int Min, int? Max)
{
    internal static readonly RegexItem Start = new(RegexItemKind.Start, default, 0, 0);
    internal static readonly RegexItem End = new(RegexItemKind.End, default, 0, 0);

    /// <summary>Gets whether the element can match without taking a character.</summary>
    internal bool IsNullable => Min == 0;

    /// <summary>Gets how many positions the automaton needs for it.</summary>
    internal int Positions => Max ?? Math.Max(Min, 1);

    internal static RegexItem Once(CharacterSet set) => new(RegexItemKind.Characters, set, 1, 1);
}
