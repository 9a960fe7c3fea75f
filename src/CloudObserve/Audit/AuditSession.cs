namespace CloudObserve.Audit;

/// <summary>The session of an identity: CloudTrail's <c>sessionContext</c>.</summary>
public sealed record AuditSession
{
    /// <summary>Gets when the session began.</summary>
    public DateTimeOffset? CreationDate { get; init; }

    /// <summary>Gets whether it began with more than one factor.</summary>
    public bool? MfaAuthenticated { get; init; }

    /// <summary>Gets the identity from which the session was entered first.</summary>
    public string? SourceIdentity { get; init; }

    /// <summary>Gets who issued the session: a role, or an identity provider.</summary>
    public AuditIdentity? Issuer { get; init; }
}
