namespace CloudObserve.Sinks.CloudWatch;

/// <summary>How one AWS service wants to be spoken to. All that differs between two services of the AWS JSON protocols is data.</summary>
/// <param name="ServiceId">The service's identity in the SDK's configuration; <c>AWS_ENDPOINT_URL_…</c> and profiles use it.</param>
/// <param name="EndpointPrefix">The first label of the service's host names.</param>
/// <param name="SigningName">The service's name inside a signature.</param>
/// <param name="TargetPrefix">What stands before the operation in <c>X-Amz-Target</c>.</param>
/// <param name="ContentType">The content type, which carries the version of the JSON protocol.</param>
/// <param name="QueryCompatible">Whether the service once spoke the query protocol and still names its errors as it did then.</param>
internal sealed record ServiceProtocol(
    string ServiceId, string EndpointPrefix, string SigningName, string TargetPrefix, string ContentType, bool QueryCompatible)
{
    // The signing name and host of CloudWatch are "monitoring", not "cloudwatch"; the target carries a code name and the API's date.
    internal static readonly ServiceProtocol CloudWatch = new(
        "CloudWatch", "monitoring", "monitoring", "GraniteServiceVersion20100801", "application/x-amz-json-1.0", QueryCompatible: true);

    // CloudWatch Logs speaks version 1.1 of the protocol where CloudWatch speaks 1.0.
    internal static readonly ServiceProtocol Logs = new(
        "CloudWatch Logs", "logs", "logs", "Logs_20140328", "application/x-amz-json-1.1", QueryCompatible: false);
}
