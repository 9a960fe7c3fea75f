using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The one set of the SDK's defaults there is here: what the modes of <c>AWS_DEFAULTS_MODE</c> differ in, retries and timeouts, is the pipeline's.</summary>
internal sealed class SdkDefaults : IDefaultConfigurationProvider
{
    internal static readonly SdkDefaults Instance = new();

    private static readonly DefaultConfiguration Only = new() { Name = DefaultConfigurationMode.Standard, RetryMode = RequestRetryMode.Standard };

    public IDefaultConfiguration GetDefaultConfiguration(RegionEndpoint clientRegion, DefaultConfigurationMode? requestedConfigurationMode = null) => Only;
}
