namespace CloudObserve.Audit;

/// <summary>What verifying an audit trail found at a place.</summary>
public enum AuditFindingKind
{
    /// <summary>Not intact: it is not what was written.</summary>
    Changed = 0,

    /// <summary>Not intact: it was written, and something that is still there proves that it has been taken away.</summary>
    Removed,

    /// <summary>Not intact: it was not written by the trail.</summary>
    Added,

    /// <summary>Not intact: it is not where it was written.</summary>
    Reordered,

    /// <summary>Not complete: something should be here and is not, whether it was taken away or lost.</summary>
    Missing,

    /// <summary>Cannot be told: what would prove it is not at hand.</summary>
    Unverifiable,
}
