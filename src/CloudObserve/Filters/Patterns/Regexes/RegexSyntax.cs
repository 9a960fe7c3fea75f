using System.Collections.Immutable;

namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>A regular expression as written. The dialect has no groups, so it is no more than branches of elements.</summary>
/// <param name="Source">The text between the per cent signs.</param>
/// <param name="Branches">The alternatives.</param>
internal sealed record RegexSyntax(string Source, ImmutableArray<ImmutableArray<RegexItem>> Branches);
