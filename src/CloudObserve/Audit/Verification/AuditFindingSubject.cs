namespace CloudObserve.Audit;

/// <summary>Specifies the part of the trail that a finding is about.</summary>
public enum AuditFindingSubject
{
    /// <summary>A record, or several consecutive records.</summary>
    Record = 0,

    /// <summary>A file of sealed records.</summary>
    LogFile,

    /// <summary>A digest, or its signature.</summary>
    Digest,

    /// <summary>The records that are not sealed yet, or the journal's head.</summary>
    Journal,

    /// <summary>The public key.</summary>
    Key,

    /// <summary>The trail as a whole.</summary>
    Trail,
}
