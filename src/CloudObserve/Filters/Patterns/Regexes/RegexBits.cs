namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>Holds the bit masks of the automaton, with one bit for each position.</summary>
/// <param name="words">The number of 64-bit words in each mask.</param>
internal sealed class RegexBits(int words)
{
    /// <summary>Gets the positions at which a match may begin at any character.</summary>
    internal ulong[] Begin { get; } = new ulong[words];

    /// <summary>Gets the positions at which a match may begin at the start of the text.</summary>
    internal ulong[] BeginAtStart { get; } = new ulong[words];

    /// <summary>Gets the positions that complete a match.</summary>
    internal ulong[] Accept { get; } = new ulong[words];

    /// <summary>Gets the positions that complete a match if they are reached at the end of the text.</summary>
    internal ulong[] AcceptAtEnd { get; } = new ulong[words];

    /// <summary>Gets the positions that may accept several characters.</summary>
    internal ulong[] Repeat { get; } = new ulong[words];

    /// <summary>Gets the positions that may be skipped.</summary>
    internal ulong[] Optional { get; } = new ulong[words];

    /// <summary>Gets the position before each run of optional positions.</summary>
    internal ulong[] BeforeOptional { get; } = new ulong[words];

    /// <summary>Gets the last position of each run of optional positions.</summary>
    internal ulong[] LastOptional { get; } = new ulong[words];

    internal static void Set(ulong[] mask, int position) => mask[position >> 6] |= 1UL << position;

    internal static bool IsSet(ulong[] mask, int position) => (mask[position >> 6] >> position & 1) != 0;
}
