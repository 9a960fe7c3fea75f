namespace CloudObserve.Audit;

/// <summary>What verifying an audit trail came to.</summary>
public sealed record AuditVerification
{
    /// <summary>Gets whether everything that is there is as it was written: nothing changed, taken away, added or moved.</summary>
    public required AuditAnswer Intact { get; init; }

    /// <summary>Gets whether everything is there that was written, as far as what is there tells.</summary>
    public required AuditAnswer Complete { get; init; }

    /// <summary>Gets what was found, at most a thousand of it.</summary>
    public required IReadOnlyList<AuditFinding> Findings { get; init; }

    /// <summary>Gets how many more findings there were.</summary>
    public long FurtherFindings { get; init; }

    /// <summary>Gets what is no fault but should be known, such as what only the hash chain holds as yet.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>Gets how many digests were verified.</summary>
    public long Digests { get; init; }

    /// <summary>Gets how many files of sealed records were read.</summary>
    public long LogFiles { get; init; }

    /// <summary>Gets how many records were read, those of the journal among them.</summary>
    public long Records { get; init; }

    /// <summary>Gets how many of them no digest vouches for yet: the hash chain holds them, and the head in the journal its end.</summary>
    public long UndigestedRecords { get; init; }

    /// <summary>Gets the number of the first record; <see langword="null"/> if none has one.</summary>
    public long? FirstSequence { get; init; }

    /// <summary>Gets the number of the last record; <see langword="null"/> if none has one.</summary>
    public long? LastSequence { get; init; }

    /// <summary>Gets from when on digests vouch for the records.</summary>
    public DateTimeOffset? DigestedFrom { get; init; }

    /// <summary>Gets until when digests vouch for the records.</summary>
    public DateTimeOffset? DigestedUntil { get; init; }
}
