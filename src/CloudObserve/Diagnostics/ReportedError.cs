namespace CloudObserve;

/// <summary>An error of the library, with one entry for each kind, signal and reason.</summary>
/// <param name="Kind">The name of the corresponding log event, such as <c>DeliveryInterrupted</c> or <c>DataLost</c>.</param>
/// <param name="Signal">The affected signal, or the part of the library.</param>
/// <param name="Reason">The cause: an error class, a loss reason, or a code.</param>
/// <param name="Message">The latest message.</param>
/// <param name="Count">The number of affected attempts, items or calls so far.</param>
/// <param name="First">The time of the first occurrence.</param>
/// <param name="Last">The time of the last occurrence.</param>
public sealed record ReportedError(
    string Kind, string Signal, string Reason, string Message, long Count, DateTimeOffset First, DateTimeOffset Last);
