using CloudObserve.Filters.Patterns.Evaluation;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>A comparison on a place in the event.</summary>
/// <param name="Test">The comparison.</param>
/// <param name="Bit">The bit to set when it holds.</param>
internal readonly record struct JsonNodeTest(ValueTest Test, int Bit);
