namespace CloudObserve.Events;

/// <summary>The exception that is thrown when an event pattern is invalid.</summary>
public sealed class EventPatternException : FormatException
{
    /// <summary>Initializes a new instance of the <see cref="EventPatternException"/> class.</summary>
    /// <param name="error">The fault and its position.</param>
    public EventPatternException(EventPatternError error)
        : base((error ?? throw new ArgumentNullException(nameof(error))).ServiceMessage) => Error = error;

    /// <summary>Gets the fault and its position.</summary>
    public EventPatternError Error { get; }
}
