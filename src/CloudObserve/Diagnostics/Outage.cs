namespace CloudObserve.Diagnostics;

/// <summary>A destination that is currently not accepting data.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Destination">The description of the destination.</param>
/// <param name="ErrorClass">The class of the last failure.</param>
/// <param name="Code">The code of the last failure.</param>
/// <param name="Message">The message of the last failure.</param>
/// <param name="Hint">The first advice for the last failure.</param>
/// <param name="Since">The monotonic time of the first failed attempt.</param>
/// <param name="LastFailure">The monotonic time of the last failed attempt.</param>
/// <param name="Failures">The number of failed attempts.</param>
internal sealed record Outage(
    string Signal,
    string Operation,
    string Destination,
    string ErrorClass,
    string Code,
    string Message,
    string Hint,
    TimeSpan Since,
    TimeSpan LastFailure,
    long Failures);
