namespace CloudObserve.Filters.Patterns.Terms;

/// <summary>Which pairs of neighbouring bytes an event has, noted in one pass, so that of many texts most need not be searched for.</summary>
/// <remarks>Pairs share places, so it may say yes wrongly, never no.</remarks>
internal readonly ref struct BigramFilter
{
    /// <summary>How many bytes the filter needs: one for each place, which are cleared and filled faster than bits, and one for <see cref="Anywhere"/>.</summary>
    internal const int Size = Places + 1;

    /// <summary>The place that every event has.</summary>
    internal const ushort Anywhere = Places;

    /// <summary>From how many texts on noting the pairs pays off against searching for each text.</summary>
    internal const int WorthwhileTexts = 8;

    private const int Places = 4096;

    private readonly ReadOnlySpan<byte> _seen;

    /// <summary>Initializes a new instance of the <see cref="BigramFilter"/> struct.</summary>
    /// <param name="utf8">The event.</param>
    /// <param name="seen">Cleared memory of <see cref="Size"/> bytes, which the filter keeps.</param>
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

    /// <summary>Gets the places that a text has in any event that contains it.</summary>
    internal static ushort[] PlacesOf(ReadOnlySpan<byte> text)
    {
        HashSet<ushort> places = [];
        for (int i = 1; i < text.Length; i++)
        {
            places.Add((ushort)Place(text[i - 1], text[i]));
        }

        return [.. places];
    }

    /// <summary>Whether the event has a place.</summary>
    internal bool Has(ushort place) => _seen[place] != 0;

    /// <summary>Whether the event may contain the text that has these places.</summary>
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
