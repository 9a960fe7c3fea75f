using System.Net;
using Amazon.Runtime;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>An error that the service answered with.</summary>
internal sealed class ServiceFaultException(
    string message, Exception? inner, string code, string? requestId, HttpStatusCode status, string? retryAfter)
    : AmazonServiceException(message, inner, ErrorType.Unknown, code, requestId ?? "", status)
{
    /// <summary>Gets the header of that name as it came, if it came.</summary>
    internal string? RetryAfter { get; } = retryAfter;
}
