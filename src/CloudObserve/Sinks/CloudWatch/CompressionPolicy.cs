namespace CloudObserve.Sinks.CloudWatch;

/// <summary>When a request body is compressed.</summary>
/// <param name="Enabled">Whether at all: <c>AWS_DISABLE_REQUEST_COMPRESSION</c> turns it off.</param>
/// <param name="MinBytes">The size from which on it pays: the SDKs' default is 10,240 bytes, <c>AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES</c> changes it.</param>
internal readonly record struct CompressionPolicy(bool Enabled, long MinBytes)
{
    internal bool Applies(ServiceOperation operation, int bytes) => Enabled && operation.Compressible && bytes >= MinBytes;
}
