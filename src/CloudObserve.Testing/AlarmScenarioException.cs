namespace CloudObserve.Testing;

/// <summary>The exception that is thrown when an assertion of an <see cref="AlarmScenario"/> fails.</summary>
/// <param name="message">The expectation, and what was found.</param>
public sealed class AlarmScenarioException(string message) : Exception(message);
