namespace CloudObserve.Testing.Services;

/// <summary>How one service of AWS is spoken to.</summary>
/// <param name="TargetPrefix">What stands before the operation in <c>X-Amz-Target</c>.</param>
/// <param name="SigningName">The service's name in signatures.</param>
/// <param name="IamPrefix">The service's name in IAM actions.</param>
/// <param name="ContentType">The content type of requests and answers.</param>
/// <param name="ErrorNamespace">What stands before an error's code in <c>__type</c>, with its separator.</param>
/// <param name="QueryCompatible">Whether errors carry the code of the query protocol too.</param>
/// <param name="MaxBodyBytes">How long a body may be.</param>
internal sealed record ServiceProtocol(
    string TargetPrefix, string SigningName, string IamPrefix, string ContentType, string ErrorNamespace, bool QueryCompatible, int MaxBodyBytes)
{
    internal static readonly ServiceProtocol CloudWatch = new(
        "GraniteServiceVersion20100801", "monitoring", "cloudwatch", "application/x-amz-json-1.0", "com.amazonaws.cloudwatch#",
        QueryCompatible: true, MetricRules.MaxBodyBytes);

    // Its limits count the messages themselves, not the JSON around and inside them; so the body may be as long as it takes.
    internal static readonly ServiceProtocol Logs = new(
        "Logs_20140328", "logs", "logs", "application/x-amz-json-1.1", "", QueryCompatible: false, int.MaxValue);
}
