namespace CloudObserve.Monitoring.Expressions;

/// <summary>The exception that is thrown when an expression is invalid or cannot be evaluated.</summary>
/// <param name="position">The zero-based position in the expression.</param>
/// <param name="message">The description of the fault.</param>
internal sealed class MathException(int position, string message) : Exception(message)
{
    /// <summary>Gets the zero-based position in the expression.</summary>
    internal int Position { get; } = position;

    /// <summary>Gets a value indicating whether the message is CloudWatch's own, which tells no position.</summary>
    internal bool IsOfService { get; init; }
}
