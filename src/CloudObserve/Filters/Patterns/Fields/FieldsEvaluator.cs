namespace CloudObserve.Filters.Patterns.Fields;

/// <summary>Evaluates space-delimited patterns: the event is split once for all of them.</summary>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class FieldsEvaluator(FieldsProgram[] programs) : PatternEvaluator
{
    // Both are bounded by the length of a pattern.
    private readonly int _headRoom = programs.Max(static program => program.HeadRoom);
    private readonly int _tailRoom = programs.Max(static program => program.TailRoom);

    internal override void Match(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures)
    {
        FieldLine line = new(utf8, stackalloc FieldToken[_headRoom], stackalloc FieldToken[_tailRoom]);
        foreach (FieldsProgram program in programs)
        {
            if (program.TryMatch(ref line, captures))
            {
                matches[program.Pattern >> 6] |= 1UL << program.Pattern;
            }
        }
    }
}
