namespace CloudObserve.Audit;

/// <summary>Represents a resource that an action affected.</summary>
/// <param name="Arn">The ARN of the resource, or the application's own name for it, such as <c>product/42</c>.</param>
/// <param name="Type">The type of the resource in the form <c>AWS::S3::Object</c>, or the application's own type.</param>
/// <param name="AccountId">The account that owns the resource.</param>
public sealed record AuditResource(string Arn, string? Type = null, string? AccountId = null);
