using System.Net;
using Amazon.Runtime;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>One call as the SDK's pipeline carries it: an operation and a body that is already encoded.</summary>
internal sealed class OperationRequest(ServiceOperation operation, RequestBody body) : AmazonWebServiceRequest
{
    internal ServiceOperation Operation { get; } = operation;

    internal RequestBody Body { get; } = body;

    /// <summary>Gets or sets a value indicating whether the request could be signed. What fails before that is a matter of credentials.</summary>
    internal bool IsSigned { get; set; }

    /// <summary>Gets or sets the status of the answer; <see langword="null"/> while there is none. What fails afterwards is a matter of the answer.</summary>
    internal HttpStatusCode? AnswerStatus { get; set; }

    // The request is one small round trip; waiting for the server's consent to send the body would only add another.
    protected override bool Expect100Continue => false;
}
