namespace CloudObserve.Audit.Events;

/// <summary>Links the record of an intent to the record of its outcome.</summary>
/// <param name="Id">The event id of the intent.</param>
/// <param name="IsIntent">Whether this is the intent.</param>
internal sealed record AuditActionMark(Guid Id, bool IsIntent);
