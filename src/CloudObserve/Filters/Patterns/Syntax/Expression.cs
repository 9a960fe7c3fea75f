namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>Represents a condition that consists of comparisons.</summary>
internal abstract record Expression
{
    /// <summary>Gets the comparisons in the order in which they are written.</summary>
    internal abstract IEnumerable<Comparison> Comparisons { get; }
}
