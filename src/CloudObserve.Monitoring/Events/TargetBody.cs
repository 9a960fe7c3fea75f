namespace CloudObserve.Events;

/// <summary>Represents the text that a target gets for an event.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsDelivered">
/// Whether EventBridge would deliver it. A text that is not JSON goes to the dead-letter queue instead, with the error code
/// <c>INVALID_JSON</c>.
/// </param>
public sealed record TargetBody(string Text, bool IsDelivered);
