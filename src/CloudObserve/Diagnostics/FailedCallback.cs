namespace CloudObserve.Diagnostics;

/// <summary>A callback of the application that threw or timed out, so its measurements of this period are missing.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Reason">The kind of the failure.</param>
/// <param name="Instrument">The instrument that the callback observes.</param>
/// <param name="Problem">The description of the failure.</param>
/// <param name="Exception">The exception, if the callback threw one.</param>
internal readonly record struct FailedCallback(string Signal, string Reason, string Instrument, string Problem, Exception? Exception);
