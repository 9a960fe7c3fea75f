namespace CloudObserve.Audit;

/// <summary>The answer to a question about an audit trail.</summary>
public enum AuditAnswer
{
    /// <summary>It is so.</summary>
    Yes = 0,

    /// <summary>It is not so.</summary>
    No,

    /// <summary>It cannot be told.</summary>
    Unknown,
}
