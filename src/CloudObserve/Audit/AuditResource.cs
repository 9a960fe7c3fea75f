namespace CloudObserve.Audit;

/// <summary>What an action was done to.</summary>
/// <param name="Arn">Its ARN, or whatever names it in the application, such as <c>product/42</c>.</param>
/// <param name="Type">Its type, in the form <c>AWS::S3::Object</c>, or whatever the application calls it.</param>
/// <param name="AccountId">The account it belongs to.</param>
public sealed record AuditResource(string Arn, string? Type = null, string? AccountId = null);
