namespace CloudObserve.Audit;

/// <summary>Specifies the answer to a question about an audit trail.</summary>
public enum AuditAnswer
{
    /// <summary>Yes.</summary>
    Yes = 0,

    /// <summary>No.</summary>
    No,

    /// <summary>The question cannot be answered.</summary>
    Unknown,
}
