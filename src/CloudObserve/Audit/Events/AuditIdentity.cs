namespace CloudObserve.Audit;

/// <summary>Represents the user who performed an action: CloudTrail's <c>userIdentity</c>.</summary>
/// <param name="Type">
/// The kind of identity, such as <c>IAMUser</c>, <c>AssumedRole</c>, <c>WebIdentityUser</c>, <c>AWSService</c> or <c>Unknown</c>.
/// </param>
public sealed record AuditIdentity(string Type)
{
    /// <summary>Gets the identity of a caller without an identity.</summary>
    /// <remarks>All its members are set, so that searches never meet an empty field.</remarks>
    public static AuditIdentity Anonymous { get; } = new("Anonymous") { PrincipalId = "Anonymous", UserName = "Anonymous" };

    /// <summary>Gets the unique and permanent id of the user.</summary>
    public string? PrincipalId { get; init; }

    /// <summary>Gets the display name of the user.</summary>
    public string? UserName { get; init; }

    /// <summary>Gets the ARN of the user.</summary>
    public string? Arn { get; init; }

    /// <summary>Gets the account of the user.</summary>
    public string? AccountId { get; init; }

    /// <summary>Gets the id of the access key that was used.</summary>
    /// <remarks>It is never the key itself.</remarks>
    public string? AccessKeyId { get; init; }

    /// <summary>Gets the service that acted on behalf of the user.</summary>
    public string? InvokedBy { get; init; }

    /// <summary>Gets the session of the user.</summary>
    public AuditSession? Session { get; init; }
}
