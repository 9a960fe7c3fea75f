using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The SDK defaults used by this sink.</summary>
/// <remarks>The modes of <c>AWS_DEFAULTS_MODE</c> differ only in retries and timeouts, which the delivery pipeline controls.</remarks>
internal sealed class SdkDefaults : IDefaultConfigurationProvider
{
    internal static readonly SdkDefaults Instance = new();

    private static readonly DefaultConfiguration Only = new()
    {
        Name = DefaultConfigurationMode.Standard,
        RetryMode = RequestRetryMode.Standard,
    };

    public IDefaultConfiguration GetDefaultConfiguration(
        RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode = null) => Only;
}
