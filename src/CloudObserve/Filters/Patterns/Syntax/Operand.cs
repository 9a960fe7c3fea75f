namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>What a value is compared with, or what a term searches.</summary>
internal abstract record Operand;
