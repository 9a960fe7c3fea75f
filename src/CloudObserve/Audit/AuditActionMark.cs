namespace CloudObserve.Audit;

/// <summary>What ties the record of an intent to the record of its outcome.</summary>
/// <param name="Id">The intent's event id.</param>
/// <param name="IsIntent">Whether this is the intent.</param>
internal sealed record AuditActionMark(Guid Id, bool IsIntent);
