namespace CloudObserve.Insights;

/// <summary>The exception that is thrown when a valid query cannot be executed, such as when it needs more memory than it may
/// use.</summary>
public sealed class InsightsQueryException : Exception
{
    /// <summary>Creates the exception.</summary>
    public InsightsQueryException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The reason.</param>
    public InsightsQueryException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The reason.</param>
    /// <param name="innerException">The exception that caused this one.</param>
    public InsightsQueryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
