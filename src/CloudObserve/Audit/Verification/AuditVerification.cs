namespace CloudObserve.Audit;

/// <summary>Represents the result of verifying an audit trail.</summary>
public sealed record AuditVerification
{
    /// <summary>Gets whether all existing data is as written: nothing was changed, removed, added or moved.</summary>
    public required AuditAnswer Intact { get; init; }

    /// <summary>Gets whether all written data exists, as far as the existing data shows.</summary>
    public required AuditAnswer Complete { get; init; }

    /// <summary>Gets the findings, at most a thousand.</summary>
    public required IReadOnlyList<AuditFinding> Findings { get; init; }

    /// <summary>Gets the number of further findings.</summary>
    public long FurtherFindings { get; init; }

    /// <summary>Gets remarks that are not faults, such as the number of records that no digest covers yet.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Gets the number of verified digests.</summary>
    public long Digests { get; init; }

    /// <summary>Gets the number of files of sealed records that were read.</summary>
    public long LogFiles { get; init; }

    /// <summary>Gets the number of records that were read, including those of the journal.</summary>
    public long Records { get; init; }

    /// <summary>Gets the number of records that no digest covers yet.</summary>
    /// <remarks>The hash chain protects them, and the journal's head protects its end.</remarks>
    public long UndigestedRecords { get; init; }

    /// <summary>Gets the number of the first record; <see langword="null"/> if no record has a number.</summary>
    public long? FirstSequence { get; init; }

    /// <summary>Gets the number of the last record; <see langword="null"/> if no record has a number.</summary>
    public long? LastSequence { get; init; }

    /// <summary>Gets the time from which digests cover the records.</summary>
    public DateTimeOffset? DigestedFrom { get; init; }

    /// <summary>Gets the time up to which digests cover the records.</summary>
    public DateTimeOffset? DigestedUntil { get; init; }
}
