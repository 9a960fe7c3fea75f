namespace CloudObserve.Audit;

/// <summary>Who did it: CloudTrail's <c>userIdentity</c>.</summary>
/// <param name="Type">The kind of identity, such as <c>IAMUser</c>, <c>AssumedRole</c>, <c>WebIdentityUser</c>, <c>AWSService</c> or <c>Unknown</c>.</param>
public sealed record AuditIdentity(string Type)
{
    /// <summary>Gets the identity of a caller who has none. It says so in every member, so that no search comes upon an empty field.</summary>
    public static AuditIdentity Anonymous { get; } = new("Anonymous") { PrincipalId = "Anonymous", UserName = "Anonymous" };

    /// <summary>Gets the unique and lasting id of who did it.</summary>
    public string? PrincipalId { get; init; }

    /// <summary>Gets the name of who did it, as people know it.</summary>
    public string? UserName { get; init; }

    /// <summary>Gets the ARN of who did it.</summary>
    public string? Arn { get; init; }

    /// <summary>Gets the account that who did it belongs to.</summary>
    public string? AccountId { get; init; }

    /// <summary>Gets the id of the access key that was used. Never the key itself.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>Gets the service that did it on behalf of the identity.</summary>
    public string? InvokedBy { get; init; }

    /// <summary>Gets the session in which it was done.</summary>
    public AuditSession? Session { get; init; }
}
