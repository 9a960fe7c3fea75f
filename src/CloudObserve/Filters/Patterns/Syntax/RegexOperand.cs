using CloudObserve.Filters.Patterns.Regexes;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents a regular expression.</summary>
internal sealed record RegexOperand(RegexSyntax Regex) : Operand;
