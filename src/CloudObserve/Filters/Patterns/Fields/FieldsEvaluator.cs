using System.Runtime.CompilerServices;
using CloudObserve.Filters.Patterns.Terms;

namespace CloudObserve.Filters.Patterns.Fields;

/// <summary>Evaluates space-delimited patterns.</summary>
/// <remarks>The event is split once for all of them.</remarks>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class FieldsEvaluator(FieldsProgram[] programs) : PatternEvaluator
{
    // The length of a pattern limits both.
    private readonly int _headRoom = programs.Max(static program => program.HeadRoom);
    private readonly int _tailRoom = programs.Max(static program => program.TailRoom);

    private readonly bool _looksOver = programs.Count(static program => program.RequiredPlaces.Length > 0) >= BigramFilter.WorthwhileTexts;

    internal override void Match(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures)
    {
        if (_looksOver)
        {
            LookOver(utf8, matches, captures);
        }
        else
        {
            Match(utf8, matches, captures, default);
        }
    }

    internal override bool IsMatch(ReadOnlySpan<byte> utf8, Span<FilterCapture> captures)
    {
        FieldLine line = new(utf8, stackalloc FieldToken[_headRoom], stackalloc FieldToken[_tailRoom]);
        return programs[0].TryMatch(ref line, captures);
    }

    // A separate method, so that small sets of patterns do not pay for the stack memory that large sets need.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LookOver(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures) =>
        Match(utf8, matches, captures, new BigramFilter(utf8, stackalloc byte[BigramFilter.Size]));

    private void Match(ReadOnlySpan<byte> utf8, Span<ulong> matches, Span<FilterCapture> captures, BigramFilter bigrams)
    {
        FieldLine line = new(utf8, stackalloc FieldToken[_headRoom], stackalloc FieldToken[_tailRoom]);
        foreach (FieldsProgram program in programs)
        {
            if (bigrams.MayContain(program.RequiredPlaces) && program.TryMatch(ref line, captures))
            {
                matches[program.Pattern >> 6] |= 1UL << program.Pattern;
            }
        }
    }
}
