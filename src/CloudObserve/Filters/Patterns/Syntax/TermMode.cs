namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Whether a term must occur, must not, or is one of several of which one is enough.</summary>
internal enum TermMode
{
    Required,
    Excluded,
    Optional,
}
