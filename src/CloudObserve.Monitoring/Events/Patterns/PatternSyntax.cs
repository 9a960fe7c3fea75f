namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Represents a parsed pattern: alternatives, each with fields that must all match.</summary>
/// <param name="Alternatives">One for each combination of the branches of <c>$or</c>; one if there is no <c>$or</c>.</param>
internal sealed record PatternSyntax(IReadOnlyList<IReadOnlyList<PatternField>> Alternatives);
