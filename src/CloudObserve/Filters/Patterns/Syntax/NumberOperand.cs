namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents a number.</summary>
/// <param name="Spelling">The number as written.</param>
/// <param name="Value">The value of the number.</param>
internal sealed record NumberOperand(string Spelling, double Value) : Operand;
