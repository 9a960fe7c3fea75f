namespace CloudObserve.Audit;

/// <summary>What to verify of an audit trail, and with what.</summary>
public sealed class AuditVerificationOptions
{
    /// <summary>Gets or sets the file with the public key: PEM or DER, PKCS#1 or SubjectPublicKeyInfo. A PEM file may hold several keys.</summary>
    /// <value>A path. The default is <see langword="null"/>: <c>public-key.pem</c> in the trail's directory, which whoever can write there can replace.</value>
    public string? PublicKeyFile { get; set; }

    /// <summary>Gets or sets from when on to verify: digests that end after it, and what they vouch for.</summary>
    /// <value>A time. The default is <see langword="null"/>: from the beginning.</value>
    public DateTimeOffset? From { get; set; }

    /// <summary>Gets or sets until when to verify: digests that begin before it, and what they vouch for.</summary>
    /// <value>A time. The default is <see langword="null"/>: to the end, the journal included.</value>
    public DateTimeOffset? To { get; set; }

    /// <summary>Gets or sets the clock, which tells whether a digest is overdue.</summary>
    /// <value>The default is <see langword="null"/>: the system's clock.</value>
    public TimeProvider? TimeProvider { get; set; }
}
