namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The rule for compressing request bodies.</summary>
/// <param name="Enabled">Whether bodies are compressed at all; <c>AWS_DISABLE_REQUEST_COMPRESSION</c> turns it off.</param>
/// <param name="MinBytes">The size in bytes from which a body is compressed. The SDKs' default is 10,240;
/// <c>AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES</c> changes it.</param>
internal readonly record struct CompressionPolicy(bool Enabled, long MinBytes)
{
    internal bool Applies(ServiceOperation operation, int bytes) => Enabled && operation.Compressible && bytes >= MinBytes;
}
