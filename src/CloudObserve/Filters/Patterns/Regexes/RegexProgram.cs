namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>A compiled regular expression: says whether a text contains a match, in a fixed number of word operations for each byte.</summary>
/// <remarks>
/// Because the dialect has no groups, a branch is a row of positions, each of which may be repeated or passed over. All positions that are
/// alive are bits of one number, and a byte moves them all at once (the extended Shift-And of Navarro and Raffinot, with the branches side
/// by side). So there is no backtracking, no table that grows with the input, nothing to allocate and no shared state, and a hostile
/// expression costs no more than a harmless one of the same length.
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class RegexProgram(RegexBits bits, byte[] byteClasses, ulong[] steps, RegexLiterals? literals)
{
    private readonly int _words = bits.Accept.Length;

    internal bool IsMatch(ReadOnlySpan<byte> utf8)
    {
        if (literals is not null && !literals.MayMatch(utf8))
        {
            return false;
        }

        WorkMeter.Add((long)(utf8.Length + 1) * _words);
        return _words == 1 ? IsMatchInOneWord(utf8) : IsMatchInManyWords(utf8, stackalloc ulong[_words]);
    }

    private bool IsMatchInOneWord(ReadOnlySpan<byte> utf8)
    {
        ulong begin = bits.Begin[0];
        ulong accept = bits.Accept[0];
        ulong optional = bits.Optional[0];
        ulong before = bits.BeforeOptional[0];
        ulong last = bits.LastOptional[0];
        ulong alive = PassOver(begin | bits.BeginAtStart[0], optional, before, last);
        if ((alive & accept) != 0)
        {
            return true;
        }

        foreach (byte value in utf8)
        {
            int row = 2 * byteClasses[value];
            alive = PassOver((alive << 1 & steps[row]) | (alive & steps[row + 1]) | begin, optional, before, last);
            if ((alive & accept) != 0)
            {
                return true;
            }
        }

        return (alive & bits.AcceptAtEnd[0]) != 0;
    }

    // Makes every optional position alive that follows a live one in its run. The subtraction borrows from the position before the run up to
    // the first live position; what it leaves unchanged above lies behind a live position. The run's last bit, set for the purpose, keeps
    // the borrow inside the run.
    private static ulong PassOver(ulong alive, ulong optional, ulong before, ulong last)
    {
        ulong closed = alive | last;
        return alive | (optional & ~((closed - before) ^ closed));
    }

    private bool IsMatchInManyWords(ReadOnlySpan<byte> utf8, Span<ulong> alive)
    {
        for (int i = 0; i < alive.Length; i++)
        {
            alive[i] = bits.Begin[i] | bits.BeginAtStart[i];
        }

        PassOver(alive);
        if (AnyAlive(alive, bits.Accept))
        {
            return true;
        }

        foreach (byte value in utf8)
        {
            Step(alive, steps.AsSpan(2 * alive.Length * byteClasses[value], 2 * alive.Length));
            PassOver(alive);
            if (AnyAlive(alive, bits.Accept))
            {
                return true;
            }
        }

        return AnyAlive(alive, bits.AcceptAtEnd);
    }

    private void Step(Span<ulong> alive, ReadOnlySpan<ulong> row)
    {
        ulong carry = 0;
        for (int i = 0; i < alive.Length; i++)
        {
            ulong word = alive[i];
            alive[i] = (((word << 1) | carry) & row[2 * i]) | (word & row[(2 * i) + 1]) | bits.Begin[i];
            carry = word >> 63;
        }
    }

    private void PassOver(Span<ulong> alive)
    {
        ulong borrow = 0;
        for (int i = 0; i < alive.Length; i++)
        {
            ulong closed = alive[i] | bits.LastOptional[i];
            ulong before = bits.BeforeOptional[i];
            ulong difference = closed - before - borrow;
            borrow = closed < before || (closed == before && borrow != 0) ? 1UL : 0UL;
            alive[i] |= bits.Optional[i] & ~(difference ^ closed);
        }
    }

    private static bool AnyAlive(ReadOnlySpan<ulong> alive, ReadOnlySpan<ulong> mask)
    {
        for (int i = 0; i < alive.Length; i++)
        {
            if ((alive[i] & mask[i]) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
