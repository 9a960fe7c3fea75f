namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>A number.</summary>
/// <param name="Spelling">As written.</param>
/// <param name="Value">Its value.</param>
internal sealed record NumberOperand(string Spelling, double Value) : Operand;
