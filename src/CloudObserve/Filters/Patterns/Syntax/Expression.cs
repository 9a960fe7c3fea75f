namespace CloudObserve.Filters.Patterns.Syntax;

/// <summary>A condition built of comparisons.</summary>
internal abstract record Expression
{
    /// <summary>Gets the comparisons in the order they are written.</summary>
    internal abstract IEnumerable<Comparison> Comparisons { get; }
}
