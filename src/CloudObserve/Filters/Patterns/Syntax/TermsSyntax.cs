using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>A term pattern. Without terms it matches every event.</summary>
internal sealed record TermsSyntax(ImmutableArray<TermSyntax> Terms) : PatternSyntax
{
    internal override FilterPatternKind Kind => FilterPatternKind.Terms;

    /// <summary>Gets whether one term is enough. CloudWatch Logs: only if all terms are optional; otherwise the optional ones are ignored.</summary>
    internal bool AnyIsEnough => Terms.All(static term => term.Mode == TermMode.Optional);
}
