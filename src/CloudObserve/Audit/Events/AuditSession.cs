namespace CloudObserve.Audit;

/// <summary>Represents the session of an identity: CloudTrail's <c>sessionContext</c>.</summary>
public sealed record AuditSession
{
    /// <summary>Gets the time at which the session began.</summary>
    public DateTimeOffset? CreationDate { get; init; }

    /// <summary>Gets whether the session began with multi-factor authentication.</summary>
    public bool? MfaAuthenticated { get; init; }

    /// <summary>Gets the identity with which the session was first entered.</summary>
    public string? SourceIdentity { get; init; }

    /// <summary>Gets the issuer of the session: a role, or an identity provider.</summary>
    public AuditIdentity? Issuer { get; init; }
}
