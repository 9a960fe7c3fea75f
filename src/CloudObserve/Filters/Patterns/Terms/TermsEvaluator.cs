using System.Runtime.CompilerServices;

namespace CloudObserve.Filters.Patterns.Terms;

/// <summary>Evaluates term patterns. With many of them the event is first looked over once for all.</summary>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class TermsEvaluator(TermsProgram[] programs) : PatternEvaluator
{
    private readonly bool _looksOver = programs.Sum(static program => program.Searches) >= BigramFilter.WorthwhileTexts;

    // Side by side, so that turning most patterns away touches nothing else.
    private readonly ushort[] _gates = [.. programs.Select(static program => program.Gate)];

    // Many patterns often have a term in common, such as the level, without which none of them matches.
    private readonly TermTest? _common = programs[0].TextsIn(programs).MaxBy(static term => term.TextLength);

    internal override void Match(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures)
    {
        if (_looksOver)
        {
            if (_common is null || _common.Occurs(utf8, default))
            {
                LookOver(utf8, matches);
            }

            return;
        }

        foreach (TermsProgram program in programs)
        {
            Match(program, utf8, matches, default);
        }
    }

    // A line of text is searched in the time of some calls, so there is no more than one on the way.
    internal override bool IsMatch(ReadOnlySpan<byte> utf8, Span<FilterCapture> captures) =>
        _looksOver ? base.IsMatch(utf8, captures) : programs[0].IsMatch(utf8, default);

    // Apart, so that few patterns do not pay for the room that many need.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LookOver(ReadOnlySpan<byte> utf8, Span<ulong> matches) =>
        MatchSome(utf8, matches, new BigramFilter(utf8, stackalloc byte[BigramFilter.Size]));

    private void MatchSome(ReadOnlySpan<byte> utf8, Span<ulong> matches, BigramFilter bigrams)
    {
        for (int i = 0; i < _gates.Length; i++)
        {
            if (bigrams.Has(_gates[i]))
            {
                Match(programs[i], utf8, matches, bigrams);
            }
        }
    }

    private static void Match(TermsProgram program, ReadOnlySpan<byte> utf8, Span<ulong> matches, BigramFilter bigrams)
    {
        if (program.IsMatch(utf8, bigrams))
        {
            matches[program.Pattern >> 6] |= 1UL << program.Pattern;
        }
    }
}
