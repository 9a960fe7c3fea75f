namespace CloudObserve.Filters.Patterns.Terms;

/// <summary>Evaluates term patterns. With many of them the event is first looked over once for all.</summary>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class TermsEvaluator(TermsProgram[] programs) : PatternEvaluator
{
    private readonly bool _looksOver = programs.Sum(static program => program.Searches) >= BigramFilter.WorthwhileTexts;

    internal override void Match(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures)
    {
        if (_looksOver)
        {
            Match(utf8, matches, new BigramFilter(utf8, stackalloc byte[BigramFilter.Size]));
        }
        else
        {
            Match(utf8, matches, default);
        }
    }

    private void Match(ReadOnlySpan<byte> utf8, Span<ulong> matches, BigramFilter bigrams)
    {
        foreach (TermsProgram program in programs)
        {
            if (program.IsMatch(utf8, bigrams))
            {
                matches[program.Pattern >> 6] |= 1UL << program.Pattern;
            }
        }
    }
}
