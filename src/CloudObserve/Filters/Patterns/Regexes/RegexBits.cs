namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>The masks of the automaton, one bit for each position, in as many words as it takes.</summary>
/// <param name="words">How many words.</param>
internal sealed class RegexBits(int words)
{
    /// <summary>Gets the positions from which a match may begin at any character.</summary>
    internal ulong[] Begin { get; } = new ulong[words];

    /// <summary>Gets the positions from which a match may begin at the start of the text.</summary>
    internal ulong[] BeginAtStart { get; } = new ulong[words];

    /// <summary>Gets the positions that end a match wherever they are reached.</summary>
    internal ulong[] Accept { get; } = new ulong[words];

    /// <summary>Gets the positions that end a match when the text ends.</summary>
    internal ulong[] AcceptAtEnd { get; } = new ulong[words];

    /// <summary>Gets the positions that may take another character and stay.</summary>
    internal ulong[] Repeat { get; } = new ulong[words];

    /// <summary>Gets the positions that may be passed over.</summary>
    internal ulong[] Optional { get; } = new ulong[words];

    /// <summary>Gets, for each run of positions that may be passed over, the position before it.</summary>
    internal ulong[] BeforeOptional { get; } = new ulong[words];

    /// <summary>Gets, for each run of positions that may be passed over, its last position.</summary>
    internal ulong[] LastOptional { get; } = new ulong[words];

    internal static void Set(ulong[] mask, int position) => mask[position >> 6] |= 1UL << position;

    internal static bool IsSet(ulong[] mask, int position) => (mask[position >> 6] >> position & 1) != 0;
}
