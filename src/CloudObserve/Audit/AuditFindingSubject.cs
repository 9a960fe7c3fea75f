namespace CloudObserve.Audit;

/// <summary>What a finding is about.</summary>
public enum AuditFindingSubject
{
    /// <summary>A record, or several in a row.</summary>
    Record = 0,

    /// <summary>A file of sealed records.</summary>
    LogFile,

    /// <summary>A digest, or its signature.</summary>
    Digest,

    /// <summary>What is not sealed yet, or what tells where it ends.</summary>
    Journal,

    /// <summary>The public key.</summary>
    Key,

    /// <summary>The trail as a whole.</summary>
    Trail,
}
