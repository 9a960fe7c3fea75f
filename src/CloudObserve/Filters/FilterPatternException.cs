namespace CloudObserve.Filters;

/// <summary>The exception that is thrown when a filter pattern or a selector is invalid.</summary>
public sealed class FilterPatternException : FormatException
{
    /// <summary>Initializes a new instance of the <see cref="FilterPatternException"/> class.</summary>
    /// <param name="error">The fault and its position.</param>
    public FilterPatternException(FilterPatternError error)
        : base($"Invalid filter pattern at position {(error ?? throw new ArgumentNullException(nameof(error))).Position}: "
            + $"{error.Message}\n{error}") => Error = error;

    /// <summary>Gets the fault and its position.</summary>
    public FilterPatternError Error { get; }
}
