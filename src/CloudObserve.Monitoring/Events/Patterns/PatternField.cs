namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Represents a field of a pattern with its tests, one of which must hold.</summary>
/// <param name="Path">The names from the root to the field, joined with dots.</param>
/// <param name="Tests">The tests.</param>
internal sealed record PatternField(string Path, IReadOnlyList<PatternTest> Tests);
