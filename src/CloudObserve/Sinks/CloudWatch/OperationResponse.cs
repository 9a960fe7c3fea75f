using Amazon.Runtime;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The answer of a success, as it came.</summary>
internal sealed class OperationResponse : AmazonWebServiceResponse
{
    internal ReadOnlyMemory<byte> Content { get; init; }
}
