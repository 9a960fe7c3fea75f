namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Specifies whether a term must occur, must not occur, or is one of several of which one must occur.</summary>
internal enum TermMode
{
    Required,
    Excluded,
    Optional,
}
