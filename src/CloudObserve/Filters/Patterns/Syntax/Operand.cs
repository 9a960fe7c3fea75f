namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents the right-hand side of a comparison, or the text or regular expression of a term.</summary>
internal abstract record Operand;
