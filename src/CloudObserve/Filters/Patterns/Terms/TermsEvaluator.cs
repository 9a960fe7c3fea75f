namespace CloudObserve.Filters.Patterns.Terms;

/// <summary>Evaluates term patterns.</summary>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class TermsEvaluator(TermsProgram[] programs) : PatternEvaluator
{
    internal override void Match(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures)
    {
        foreach (TermsProgram program in programs)
        {
            if (program.IsMatch(utf8))
            {
                matches[program.Pattern >> 6] |= 1UL << program.Pattern;
            }
        }
    }
}
