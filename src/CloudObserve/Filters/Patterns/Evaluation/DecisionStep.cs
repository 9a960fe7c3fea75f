namespace CloudObserve.Filters.Patterns.Evaluation;

/// <summary>One question of a decision, and where each answer leads.</summary>
/// <param name="Test">The number of the comparison.</param>
/// <param name="IfTrue">The next step, or <see cref="Decision.Match"/> or <see cref="Decision.NoMatch"/>.</param>
/// <param name="IfFalse">The same for the other answer.</param>
internal readonly record struct DecisionStep(int Test, int IfTrue, int IfFalse);
