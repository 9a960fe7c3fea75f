namespace CloudObserve.Audit;

/// <summary>Something that keeps an audit trail from being intact, complete, or verifiable.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Place">The file, as a path below the trail's directory.</param>
/// <param name="Message">What is wrong, in words.</param>
/// <param name="Sequence">The number of the record, or of the first of several, if it is known.</param>
/// <param name="Offset">Where in the uncompressed file it is, in bytes from its beginning, if that is known.</param>
public sealed record AuditFinding(AuditFindingKind Kind, AuditFindingSubject Subject, string Place, string Message, long? Sequence = null, long? Offset = null);
