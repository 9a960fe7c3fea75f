namespace CloudObserve.Testing;

/// <summary>Says which of the books are not as a test asserts they are. The message lists them.</summary>
/// <param name="message">What does not hold, and the books.</param>
public sealed class LossAssertException(string message) : Exception(message);
