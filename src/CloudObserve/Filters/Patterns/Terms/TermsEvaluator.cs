using System.Runtime.CompilerServices;

namespace CloudObserve.Filters.Patterns.Terms;

/// <summary>Evaluates term patterns.</summary>
/// <remarks>If there are many, a bigram filter of the event is computed first.</remarks>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class TermsEvaluator(TermsProgram[] programs) : PatternEvaluator
{
    private readonly bool _looksOver = programs.Sum(static program => program.Searches) >= BigramFilter.WorthwhileTexts;

    // Kept together in one array, so that rejecting most patterns touches no other memory.
    private readonly ushort[] _gates = [.. programs.Select(static program => program.RequiredBigram)];

    // Many patterns often share a term, such as the level. Without it none of them matches.
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

    // Searching a line of text takes as long as a few calls, so there is only one call in between.
    internal override bool IsMatch(ReadOnlySpan<byte> utf8, Span<FilterCapture> captures) =>
        _looksOver ? base.IsMatch(utf8, captures) : programs[0].IsMatch(utf8, default);

    // A separate method, so that small sets of patterns do not pay for the stack memory that large sets need.
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
