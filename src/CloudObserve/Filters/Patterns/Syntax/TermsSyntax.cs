using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents a term pattern.</summary>
/// <remarks>Without terms it matches every event.</remarks>
internal sealed record TermsSyntax(ImmutableArray<TermSyntax> Terms) : PatternSyntax
{
    internal override FilterPatternKind Kind => FilterPatternKind.Terms;

    /// <summary>Gets whether one matching term is enough.</summary>
    /// <remarks>In CloudWatch Logs this holds only if all terms are optional; otherwise optional terms are ignored.</remarks>
    internal bool AnyIsEnough => Terms.All(static term => term.Mode == TermMode.Optional);
}
