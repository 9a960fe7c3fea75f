namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>One term.</summary>
/// <param name="Mode">Whether it must occur.</param>
/// <param name="Operand">A <see cref="TextOperand"/> or a <see cref="RegexOperand"/>.</param>
internal sealed record TermSyntax(TermMode Mode, Operand Operand);
