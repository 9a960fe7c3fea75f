namespace CloudObserve.Audit;

/// <summary>Specifies when a record must be on disk.</summary>
public enum AuditGuarantee
{
    /// <summary>Before the recording call returns.</summary>
    /// <remarks>The action may already have happened when its record cannot be stored.</remarks>
    BeforeReturn = 0,

    /// <summary>Before the action's code runs: its intent is on disk first, or the action does not run (fail closed).</summary>
    /// <remarks>The end is recorded as with <see cref="BeforeReturn"/>.</remarks>
    BeforeAction,

    /// <summary>Soon.</summary>
    /// <remarks>The caller does not wait and does not fail; a record that cannot be stored is counted as lost.</remarks>
    BestEffort,
}
