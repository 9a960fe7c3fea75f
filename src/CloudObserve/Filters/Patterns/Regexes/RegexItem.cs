namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>Represents one element of a branch: an anchor, or a character set with its repetition.</summary>
/// <param name="Kind">The kind of the element.</param>
/// <param name="Set">The character set, unless the element is an anchor.</param>
/// <param name="Min">The smallest number of repetitions.</param>
/// <param name="Max">The largest number of repetitions; <see langword="null"/> is unlimited.</param>
internal readonly record struct RegexItem(RegexItemKind Kind, CharacterSet Set, int Min, int? Max)
{
    internal static readonly RegexItem Start = new(RegexItemKind.Start, default, 0, 0);
    internal static readonly RegexItem End = new(RegexItemKind.End, default, 0, 0);

    /// <summary>Gets whether the element can match the empty text.</summary>
    internal bool IsNullable => Min == 0;

    /// <summary>Gets the number of positions that the element needs in the automaton.</summary>
    internal int Positions => Max ?? Math.Max(Min, 1);

    internal static RegexItem Once(CharacterSet set) => new(RegexItemKind.Characters, set, 1, 1);
}
