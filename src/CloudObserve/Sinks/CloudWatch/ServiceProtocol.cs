namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The protocol settings of one AWS service. Two services of the AWS JSON protocols differ only in these values.</summary>
/// <param name="ServiceId">The service's id in the SDK's configuration, used in <c>AWS_ENDPOINT_URL_…</c> and profiles.</param>
/// <param name="EndpointPrefix">The first label of the service's host names.</param>
/// <param name="SigningName">The service's name inside a signature.</param>
/// <param name="TargetPrefix">The prefix of the operation in <c>X-Amz-Target</c>; empty for a service that has the operation in the
/// body.</param>
/// <param name="ContentType">The content type, which includes the version of the JSON protocol.</param>
/// <param name="QueryCompatible">Whether the service formerly used the query protocol and still uses its error codes.</param>
internal sealed record ServiceProtocol(
    string ServiceId, string EndpointPrefix, string SigningName, string TargetPrefix, string ContentType, bool QueryCompatible)
{
    // The signing name and host of CloudWatch are "monitoring", not "cloudwatch"; the target contains a code name and the API's date.
    internal static readonly ServiceProtocol CloudWatch = new(
        "CloudWatch", "monitoring", "monitoring", "GraniteServiceVersion20100801", "application/x-amz-json-1.0", QueryCompatible: true);

    // CloudWatch Logs uses version 1.1 of the protocol, CloudWatch version 1.0.
    internal static readonly ServiceProtocol Logs = new(
        "CloudWatch Logs", "logs", "logs", "Logs_20140328", "application/x-amz-json-1.1", QueryCompatible: false);
}
