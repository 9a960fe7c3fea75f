using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>Represents a regular expression as written.</summary>
/// <remarks>The dialect has no groups, so it consists of branches of elements.</remarks>
/// <param name="Source">The text between the percent signs.</param>
/// <param name="Branches">The alternatives.</param>
internal sealed record RegexSyntax(string Source, ImmutableArray<ImmutableArray<RegexItem>> Branches);
