namespace CloudObserve.Audit;

/// <summary>What to verify of an audit trail, and with what.</summary>
public sealed class AuditVerificationOptions
{
    /// <summary>Gets or sets the file with the public key: PEM or DER, PKCS#1 or SubjectPublicKeyInfo. A PEM file may hold several keys.</summary>
    /// <value>
    /// A path. The default is <see langword="null"/>: <c>public-key.pem</c> in the trail's directory, which whoever can write there can replace. With a key
    /// that was kept elsewhere the verification is stricter: every digest must be signed with one of the keys, and digests must be there from the trail's
    /// beginning on.
    /// </value>
    public string? PublicKeyFile { get; set; }

    /// <summary>Gets or sets a digest that was kept elsewhere. The trail must still contain it, or follow on it without a gap.</summary>
    /// <value>
    /// The path of a copy of a digest (<c>.json.gz</c>). If its signature stands beside it (<c>.sig</c>), that is verified too. The default is
    /// <see langword="null"/>: none, and then a directory that was set back as a whole to an earlier state cannot be told from one that was not.
    /// </value>
    public string? SinceDigestFile { get; set; }

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
