using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Copies the body of a batch and the headers of its protocol into the SDK's request.</summary>
internal sealed class OperationMarshaller : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    internal static readonly OperationMarshaller Instance = new();

    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        OperationRequest request = (OperationRequest)input;
        ServiceProtocol protocol = request.Operation.Protocol;
        DefaultRequest wire = new(request, protocol.ServiceId)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            OverrideSigningServiceName = protocol.SigningName,

            // A stream over the batch's own memory; the SDK's byte-array content would require an exact copy.
            ContentStream = request.Body.OpenStream(),
        };
        wire.Headers["Content-Type"] = protocol.ContentType;
        if (protocol.TargetPrefix.Length > 0)
        {
            wire.Headers["X-Amz-Target"] = $"{protocol.TargetPrefix}.{request.Operation.Name}";
        }

        if (protocol.QueryCompatible)
        {
            wire.Headers["x-amzn-query-mode"] = "true";
        }

        if (request.Body.Encoding is { } encoding)
        {
            wire.Headers["Content-Encoding"] = encoding;
        }

        return wire;
    }
}
