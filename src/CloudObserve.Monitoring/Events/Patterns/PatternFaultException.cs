namespace CloudObserve.Monitoring.Events.Patterns;

/// <summary>The exception that is thrown inside the parser at the first fault of a pattern.</summary>
/// <param name="message">The reason.</param>
/// <param name="position">The position.</param>
/// <param name="isFinal">
/// Whether the fault stands however <c>$or</c> is read. After another fault, EventBridge reads the pattern again with <c>$or</c> as the
/// name of a field.
/// </param>
internal sealed class PatternFaultException(string message, int position, bool isFinal = false) : Exception(message)
{
    /// <summary>Gets the position of the fault.</summary>
    internal int Position { get; } = position;

    /// <summary>Gets a value indicating whether the fault stands however <c>$or</c> is read.</summary>
    internal bool IsFinal { get; } = isFinal;
}
