namespace CloudObserve.Diagnostics;

/// <summary>A destination that does not take data at the moment.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Destination">What it is addressed to.</param>
/// <param name="ErrorClass">The class of the last failure.</param>
/// <param name="Code">Its code.</param>
/// <param name="Message">Its words.</param>
/// <param name="Since">When the first attempt failed, in passed time.</param>
/// <param name="LastFailure">When the last one did, in passed time.</param>
/// <param name="Failures">How many did.</param>
internal sealed record Outage(
    string Signal,
    string Operation,
    string Destination,
    string ErrorClass,
    string Code,
    string Message,
    TimeSpan Since,
    TimeSpan LastFailure,
    long Failures);
