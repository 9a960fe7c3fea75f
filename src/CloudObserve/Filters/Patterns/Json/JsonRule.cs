using CloudObserve.Filters.Patterns.Evaluation;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Represents one of the patterns that are evaluated together.</summary>
/// <param name="Pattern">The number of the pattern.</param>
/// <param name="Decision">The condition of the pattern over the bits.</param>
internal readonly record struct JsonRule(int Pattern, Decision Decision);
