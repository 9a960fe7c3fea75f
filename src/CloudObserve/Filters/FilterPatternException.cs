namespace CloudObserve.Filters;

/// <summary>Thrown when a text that must be a filter pattern or a selector is none.</summary>
public sealed class FilterPatternException : FormatException
{
    /// <summary>Initializes a new instance of the <see cref="FilterPatternException"/> class.</summary>
    /// <param name="error">What is wrong, and where.</param>
    public FilterPatternException(FilterPatternError error)
        : base($"Invalid filter pattern at position {(error ?? throw new ArgumentNullException(nameof(error))).Position}: {error.Message}\n{error}") => Error = error;

    /// <summary>Gets what is wrong, and where.</summary>
    public FilterPatternError Error { get; }
}
