namespace CloudObserve.Audit;

/// <summary>Specifies the kind of a finding.</summary>
public enum AuditFindingKind
{
    /// <summary>Not intact: the content differs from the content that was written.</summary>
    Changed = 0,

    /// <summary>Not intact: remaining data proves that something was written and then removed.</summary>
    Removed,

    /// <summary>Not intact: the trail did not write it.</summary>
    Added,

    /// <summary>Not intact: it is at another place than the one where it was written.</summary>
    Reordered,

    /// <summary>Not complete: expected data does not exist.</summary>
    /// <remarks>It may have been removed or lost.</remarks>
    Missing,

    /// <summary>Not verifiable: the data needed for the proof is not available.</summary>
    Unverifiable,
}
