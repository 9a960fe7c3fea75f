namespace CloudObserve.Filters.Patterns.Regexes;

/// <summary>Specifies the kind of an element of a branch.</summary>
internal enum RegexItemKind
{
    Characters,
    Start,
    End,
}
