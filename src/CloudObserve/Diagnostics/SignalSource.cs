namespace CloudObserve.Diagnostics;

/// <summary>A signal's name and a callback that reads its state. The composition root creates one for each signal.</summary>
/// <param name="Signal">The signal's name, such as <c>metrics</c>.</param>
/// <param name="Read">Reads the state. Called by meters and health checks, from any thread.</param>
internal sealed record SignalSource(string Signal, Func<SignalReading> Read);
