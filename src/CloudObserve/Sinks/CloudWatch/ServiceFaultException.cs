using System.Net;
using Amazon.Runtime;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Thrown when the service answers with an error.</summary>
internal sealed class ServiceFaultException(
    string message, Exception? inner, string code, string? requestId, HttpStatusCode status, string? retryAfter)
    : AmazonServiceException(message, inner, ErrorType.Unknown, code, requestId ?? "", status)
{
    /// <summary>Gets the value of the <c>Retry-After</c> header, or <see langword="null"/>.</summary>
    internal string? RetryAfter { get; } = retryAfter;
}
