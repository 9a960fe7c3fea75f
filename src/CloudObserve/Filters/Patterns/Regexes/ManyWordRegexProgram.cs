namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>Runs the same automaton as <see cref="OneWordRegexProgram"/> on several words, with carry and borrow between them.</summary>
internal sealed class ManyWordRegexProgram(RegexBits bits, byte[] byteClasses, ulong[] steps, RegexLiterals? literals)
    : RegexProgram(literals)
{
    protected override bool IsMatch(ReadOnlySpan<byte> utf8, int start)
    {
        // At most 32 words, because FilterPatternLimits.MaxRegexPositions is 2,048.
        Span<ulong> alive = stackalloc ulong[bits.Accept.Length];
        WorkMeter.Add((long)(utf8.Length - start + 1) * alive.Length);
        for (int i = 0; i < alive.Length; i++)
        {
            alive[i] = bits.Begin[i] | (start == 0 ? bits.BeginAtStart[i] : 0);
        }

        PassOver(alive);
        for (int i = start; i < utf8.Length && !AnyAlive(alive, bits.Accept); i++)
        {
            Step(alive, steps.AsSpan(2 * alive.Length * byteClasses[utf8[i]], 2 * alive.Length));
            PassOver(alive);
        }

        return AnyAlive(alive, bits.Accept) || AnyAlive(alive, bits.AcceptAtEnd);
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
