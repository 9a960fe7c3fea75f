namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>Represents the tests of one field in one alternative of a pattern. One of them must hold.</summary>
/// <param name="Field">The number of the field.</param>
/// <param name="Node">The number of its node.</param>
/// <param name="Positives">The tests that a value satisfies by being found.</param>
/// <param name="Negatives">The tests that a value satisfies by not being found.</param>
/// <param name="AcceptsAny">Whether any value satisfies the condition.</param>
/// <param name="AcceptsNone">Whether the absence of a value satisfies the condition.</param>
/// <param name="Source">The field in the pattern.</param>
/// <param name="Order">The place of the field in the pattern.</param>
internal sealed record FieldCondition(
    int Field, int Node, int[] Positives, int[] Negatives, bool AcceptsAny, bool AcceptsNone, PatternField Source, int Order);
