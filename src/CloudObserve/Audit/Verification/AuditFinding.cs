namespace CloudObserve.Audit;

/// <summary>Represents a reason why an audit trail is not intact, not complete, or not verifiable.</summary>
/// <param name="Kind">The kind of finding.</param>
/// <param name="Subject">The part of the trail that is affected.</param>
/// <param name="Place">The path of the file, relative to the trail's directory.</param>
/// <param name="Message">The description of the finding.</param>
/// <param name="Sequence">The number of the record, or of the first of several records, if it is known.</param>
/// <param name="Offset">The offset in the uncompressed file in bytes, if it is known.</param>
public sealed record AuditFinding(
    AuditFindingKind Kind, AuditFindingSubject Subject, string Place, string Message, long? Sequence = null, long? Offset = null);
