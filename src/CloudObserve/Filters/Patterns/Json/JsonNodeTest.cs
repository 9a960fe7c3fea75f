using CloudObserve.Filters.Patterns.Evaluation;

namespace CloudObserve.Filters.Patterns.Json;

/// <summary>Represents a comparison at a place in the event.</summary>
/// <param name="Test">The comparison.</param>
/// <param name="Bit">The bit to set if the comparison holds.</param>
internal readonly record struct JsonNodeTest(ValueTest Test, int Bit);
