namespace CloudObserve.Diagnostics;

/// <summary>A signal as diagnostics sees it: a name, and a way to read it. Whoever composes the host makes one for each signal.</summary>
/// <param name="Signal">The signal's name, such as <c>metrics</c>.</param>
/// <param name="Read">Reads it. Called by meters and health checks, from any thread.</param>
internal sealed record SignalSource(string Signal, Func<SignalReading> Read);
