using Amazon.Runtime;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The unchanged response to a successful request.</summary>
internal sealed class OperationResponse : AmazonWebServiceResponse
{
    internal ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Gets the time of the service's clock, or <see langword="null"/> if the response does not contain it.</summary>
    internal DateTimeOffset? ServiceTime { get; init; }
}
