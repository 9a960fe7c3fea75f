namespace CloudObserve.Diagnostics;

/// <summary>An error that the library has met, once for each kind, signal and reason, however often it came.</summary>
/// <param name="Kind">The name of the log event that tells it, such as <c>DeliveryInterrupted</c> or <c>DataLost</c>.</param>
/// <param name="Signal">The signal it is about, or the part of the library.</param>
/// <param name="Reason">Why: a class of error, a reason of loss, or a code.</param>
/// <param name="Message">The latest one in words.</param>
/// <param name="Count">How many attempts, items or calls it is about so far.</param>
/// <param name="First">When it came first.</param>
/// <param name="Last">When it came last.</param>
public sealed record ReportedError(string Kind, string Signal, string Reason, string Message, long Count, DateTimeOffset First, DateTimeOffset Last);
