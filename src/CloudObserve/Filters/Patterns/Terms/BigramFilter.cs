namespace CloudObserve.Filters.Patterns.Terms;

/// <summary>Records the pairs of neighbouring bytes of an event in one pass, so that most texts need not be searched for.</summary>
/// <remarks>Different pairs share slots, so the filter has false positives, but no false negatives.</remarks>
internal readonly ref struct BigramFilter
{
    /// <summary>
    /// The size of the filter in bytes: one for each slot, because bytes are cleared and set faster than bits, and one for
    /// <see cref="Anywhere"/>.
    /// </summary>
    internal const int Size = Places + 1;

    /// <summary>The slot that every event has.</summary>
    internal const ushort Anywhere = Places;

    /// <summary>The number of texts from which on the filter is faster than a search for each text.</summary>
    internal const int WorthwhileTexts = 8;

    private const int Places = 4096;

    private readonly ReadOnlySpan<byte> _seen;

    /// <summary>Initializes a new instance of the <see cref="BigramFilter"/> struct.</summary>
    /// <param name="utf8">The event.</param>
    /// <param name="seen">Cleared memory of <see cref="Size"/> bytes, which the filter keeps using.</param>
    internal BigramFilter(ReadOnlySpan<byte> utf8, Span<byte> seen)
    {
        WorkMeter.Add(utf8.Length);
        for (int i = 1; i < utf8.Length; i++)
        {
            seen[Place(utf8[i - 1], utf8[i])] = 1;
        }

        seen[Anywhere] = 1;
        _seen = seen;
    }

    /// <summary>Returns the slots that every event has that contains a text.</summary>
    internal static ushort[] PlacesOf(ReadOnlySpan<byte> text)
    {
        HashSet<ushort> places = [];
        for (int i = 1; i < text.Length; i++)
        {
            places.Add((ushort)Place(text[i - 1], text[i]));
        }

        return [.. places];
    }

    /// <summary>Returns whether the event has a slot.</summary>
    internal bool Has(ushort place) => _seen[place] != 0;

    /// <summary>Returns whether the event may contain the text that has these slots.</summary>
    internal bool MayContain(ushort[] places)
    {
        if (_seen.IsEmpty)
        {
            return true;
        }

        foreach (ushort place in places)
        {
            if (_seen[place] == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static int Place(byte first, byte second) => ((first << 5) ^ second) & (Places - 1);
}
