using System.Net;
using Amazon.Runtime;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>One call in the form of the SDK's pipeline: an operation and an encoded body.</summary>
internal sealed class OperationRequest(ServiceOperation operation, RequestBody body) : AmazonWebServiceRequest
{
    internal ServiceOperation Operation { get; } = operation;

    internal RequestBody Body { get; } = body;

    /// <summary>Gets or sets a value indicating whether the request was signed. A failure before that concerns the credentials.</summary>
    internal bool IsSigned { get; set; }

    /// <summary>Gets or sets the status of the response, or <see langword="null"/> before one has arrived.</summary>
    /// <remarks>A failure after that concerns the response.</remarks>
    internal HttpStatusCode? AnswerStatus { get; set; }

    // The request is one small round trip; waiting for "100 Continue" would only add another.
    protected override bool Expect100Continue => false;
}
