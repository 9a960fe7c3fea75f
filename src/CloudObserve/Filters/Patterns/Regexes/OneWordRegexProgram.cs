using System.Buffers;

namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>Runs an expression of up to 64 positions, as nearly all are.</summary>
/// <remarks>The whole state is in one register.</remarks>
internal sealed class OneWordRegexProgram : RegexProgram
{
    private readonly byte[] _byteClasses;
    private readonly ulong[] _steps;
    private readonly ulong _begin;
    private readonly ulong _beginAtStart;
    private readonly ulong _accept;
    private readonly ulong _acceptAtEnd;
    private readonly ulong _optional;
    private readonly ulong _beforeOptional;
    private readonly ulong _lastOptional;

    // The active positions while no match is in progress, and the bytes that change them. All bytes between those are skipped.
    private readonly ulong _idle;
    private readonly SearchValues<byte> _wakers;

    internal OneWordRegexProgram(RegexBits bits, byte[] byteClasses, ulong[] steps, RegexLiterals? literals)
        : base(literals)
    {
        _byteClasses = byteClasses;
        _steps = steps;
        _begin = bits.Begin[0];
        _beginAtStart = bits.BeginAtStart[0];
        _accept = bits.Accept[0];
        _acceptAtEnd = bits.AcceptAtEnd[0];
        _optional = bits.Optional[0];
        _beforeOptional = bits.BeforeOptional[0];
        _lastOptional = bits.LastOptional[0];
        _idle = PassOver(_begin);
        _wakers = SearchValues.Create(
            [.. Enumerable.Range(0, 256).Select(static value => (byte)value).Where(value => Step(_idle, value) != _idle)]);
    }

    protected override bool IsMatch(ReadOnlySpan<byte> utf8, int start)
    {
        WorkMeter.Add(utf8.Length - start + 1);
        ulong alive = start == 0 ? PassOver(_begin | _beginAtStart) : _idle;
        for (int i = start; i < utf8.Length && (alive & _accept) == 0; i++)
        {
            if (alive == _idle)
            {
                int skipped = utf8[i..].IndexOfAny(_wakers);
                if (skipped < 0)
                {
                    break;
                }

                i += skipped;
            }

            alive = Step(alive, utf8[i]);
        }

        return (alive & (_accept | _acceptAtEnd)) != 0;
    }

    private ulong Step(ulong alive, byte value)
    {
        int row = 2 * _byteClasses[value];
        return PassOver((alive << 1 & _steps[row]) | (alive & _steps[row + 1]) | _begin);
    }

    // Activates every optional position that follows an active one in its run. The subtraction borrows from the position before the run up
    // to the first active position; the bits above that it leaves unchanged follow an active position. The last bit of the run is set for
    // this purpose, so that the borrow does not leave the run.
    private ulong PassOver(ulong alive)
    {
        ulong closed = alive | _lastOptional;
        return alive | (_optional & ~((closed - _beforeOptional) ^ closed));
    }
}
