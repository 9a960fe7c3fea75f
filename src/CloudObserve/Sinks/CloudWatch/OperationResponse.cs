using Amazon.Runtime;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The answer of a success, as it came.</summary>
internal sealed class OperationResponse : AmazonWebServiceResponse
{
    internal ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Gets the time by the service's clock; <see langword="null"/> when the answer does not tell it.</summary>
    internal DateTimeOffset? ServiceTime { get; init; }
}
