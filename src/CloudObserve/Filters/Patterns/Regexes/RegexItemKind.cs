namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>The kinds of elements a branch has.</summary>
internal enum RegexItemKind
{
    Characters,
    Start,
    End,
}
