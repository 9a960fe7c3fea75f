using CloudObserve.Filters.Patterns.Regexes;

namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>A regular expression.</summary>
internal sealed record RegexOperand(RegexSyntax Regex) : Operand;
