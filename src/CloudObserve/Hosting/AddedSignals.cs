namespace CloudObserve.Hosting;

/// <summary>Tells which of the signals that are not always there were added to the host.</summary>
/// <param name="Logs">Whether logs were added.</param>
/// <param name="AuditTrail">Whether the audit trail was added.</param>
internal sealed record AddedSignals(bool Logs, bool AuditTrail);
