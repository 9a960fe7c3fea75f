using CloudObserve.Filters.Patterns.Evaluation;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>One pattern among those evaluated together.</summary>
/// <param name="Pattern">The pattern's number.</param>
/// <param name="Decision">Its condition over the bits.</param>
internal readonly record struct JsonRule(int Pattern, Decision Decision);
