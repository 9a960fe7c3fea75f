using CloudObserve.Testing.Services;

namespace CloudObserve.Testing.Wire;

/// <summary>Describes the wire protocol of an AWS service.</summary>
/// <param name="TargetPrefix">The prefix of the operation's name in <c>X-Amz-Target</c>.</param>
/// <param name="SigningName">The service's name in signatures.</param>
/// <param name="IamPrefix">The service's name in IAM actions.</param>
/// <param name="ContentType">The content type of requests and answers.</param>
/// <param name="ErrorNamespace">The prefix of an error's code in <c>__type</c>, with its separator.</param>
/// <param name="QueryCompatible">Whether errors also carry the code of the query protocol.</param>
/// <param name="MaxBodyBytes">The largest body, in bytes.</param>
internal sealed record ScriptedProtocol(
    string TargetPrefix, string SigningName, string IamPrefix, string ContentType, string ErrorNamespace, bool QueryCompatible,
    int MaxBodyBytes)
{
    // The CloudWatch limit: 1 MB for a request.
    private const int MaxMetricBodyBytes = 1024 * 1024;

    internal static readonly ScriptedProtocol CloudWatch = new(
        "GraniteServiceVersion20100801", "monitoring", "cloudwatch", "application/x-amz-json-1.0", "com.amazonaws.cloudwatch#",
        QueryCompatible: true, MaxMetricBodyBytes);

    // The limits of CloudWatch Logs count the messages and not the JSON around them, so the body itself has no limit.
    internal static readonly ScriptedProtocol Logs = new(
        "Logs_20140328", "logs", "logs", "application/x-amz-json-1.1", "", QueryCompatible: false, int.MaxValue);
}
