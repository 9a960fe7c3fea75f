namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents one term.</summary>
/// <param name="Mode">Whether the term must occur.</param>
/// <param name="Operand">A <see cref="TextOperand"/> or a <see cref="RegexOperand"/>.</param>
internal sealed record TermSyntax(TermMode Mode, Operand Operand);
