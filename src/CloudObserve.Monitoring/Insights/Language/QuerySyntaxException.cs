namespace CloudObserve.Monitoring.Insights.Language;

/// <summary>The exception that is thrown when a query is invalid.</summary>
/// <param name="position">The zero-based position in the query.</param>
/// <param name="message">The description of the fault.</param>
internal sealed class QuerySyntaxException(int position, string message) : Exception(message)
{
    /// <summary>Gets the zero-based position in the query.</summary>
    internal int Position { get; } = position;
}
