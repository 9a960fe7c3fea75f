namespace CloudObserve.Testing;

/// <summary>The exception that is thrown when the ledgers do not hold what a test asserts.</summary>
/// <param name="message">The failed assertion and the ledgers.</param>
public sealed class LossAssertException(string message) : Exception(message);
