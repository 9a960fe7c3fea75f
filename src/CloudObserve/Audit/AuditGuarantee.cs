namespace CloudObserve.Audit;

/// <summary>When a record must be on disk.</summary>
public enum AuditGuarantee
{
    /// <summary>Before the call that records it returns. The action itself may have happened when the record turns out not to be possible.</summary>
    BeforeReturn = 0,

    /// <summary>Before the action's code runs: its intent is on disk first, or it does not run (fail closed). The end is recorded as with <see cref="BeforeReturn"/>.</summary>
    BeforeAction,

    /// <summary>Soon. The caller does not wait and is not failed; a record that cannot be kept is counted as lost.</summary>
    BestEffort,
}
