namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>Represents one test of a decision and the next step for each answer.</summary>
/// <param name="Test">The number of the comparison.</param>
/// <param name="IfTrue">The next step, or <see cref="Decision.Match"/> or <see cref="Decision.NoMatch"/>.</param>
/// <param name="IfFalse">The next step if the comparison does not hold, with the same special values.</param>
internal readonly record struct DecisionStep(int Test, int IfTrue, int IfFalse);
