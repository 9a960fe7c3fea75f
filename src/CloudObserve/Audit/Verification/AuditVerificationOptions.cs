namespace CloudObserve.Audit;

/// <summary>Provides the settings for verifying an audit trail.</summary>
public sealed class AuditVerificationOptions
{
    /// <summary>Gets or sets the file with the public key: PEM or DER, PKCS#1 or SubjectPublicKeyInfo.</summary>
    /// <value>
    /// A path. The default is <see langword="null"/>: <c>public-key.pem</c> in the trail's directory, which anyone with write access to the
    /// directory can replace. With a key that was stored elsewhere, verification is stricter: every digest must be signed with one of the
    /// keys, and digests must exist from the trail's beginning on.
    /// </value>
    /// <remarks>A PEM file may hold several keys.</remarks>
    public string? PublicKeyFile { get; set; }

    /// <summary>Gets or sets a digest that was stored elsewhere.</summary>
    /// <value>
    /// The path of a copy of a digest (<c>.json.gz</c>). If its signature (<c>.sig</c>) is beside it, the signature is verified too. The
    /// default is <see langword="null"/>: none. Then a directory that was reset as a whole to an earlier state cannot be detected.
    /// </value>
    /// <remarks>The trail must still contain it, or continue it without a gap.</remarks>
    public string? SinceDigestFile { get; set; }

    /// <summary>Gets or sets the time from which to verify: digests that end after it, and the files that they cover.</summary>
    /// <value>A time. The default is <see langword="null"/>: from the beginning.</value>
    public DateTimeOffset? From { get; set; }

    /// <summary>Gets or sets the time until which to verify: digests that begin before it, and the files that they cover.</summary>
    /// <value>A time. The default is <see langword="null"/>: to the end, including the journal.</value>
    public DateTimeOffset? To { get; set; }

    /// <summary>Gets or sets the clock that decides whether a digest is overdue.</summary>
    /// <value>The default is <see langword="null"/>: the system's clock.</value>
    public TimeProvider? TimeProvider { get; set; }
}
