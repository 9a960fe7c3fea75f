using System.Reflection;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>The SDK's configuration for one service, from <see cref="AwsOptions"/> and the standard chain.</summary>
internal sealed class ServiceConfig : ClientConfig
{
    private static readonly string Version = VersionOf(typeof(ServiceConfig).Assembly);

    private const string MissingRegion =
        "No AWS region is configured. Set AWS_REGION, a region in the AWS profile, or AwsOptions.Region; on EC2 and ECS it comes with the "
            + "role.";

    private readonly ServiceProtocol _protocol;

    internal ServiceConfig(ServiceProtocol protocol, AwsOptions options)
        : base(SdkDefaults.Instance)
    {
        _protocol = protocol;
        UserAgent = $"{InternalSDKUtils.BuildUserAgentString(protocol.ServiceId, Version)} md/CloudObserve#{Version}";
        ServiceId = protocol.ServiceId;
        AuthenticationServiceName = protocol.SigningName;
        EndpointProvider = new RegionalEndpoints(protocol);
        HttpClientFactory = new SinkHttpClientFactory();

        // One attempt is one request; the delivery loop retries. A stale connection cannot be distinguished from a lost response.
        MaxErrorRetry = 0;
        MaxStaleConnectionRetries = 0;
        Timeout = System.Threading.Timeout.InfiniteTimeSpan;

        // The SDK can log to ILogger, and ILogger may be shipped by this sink.
        DisableLogging = true;
        Apply(options);
    }

    public override string UserAgent { get; }

    public override string RegionEndpointServiceName => _protocol.EndpointPrefix;

    public override string ServiceVersion => "";

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(RegionalEndpoints.ParametersOf(this));

    private static string VersionOf(Assembly assembly) => assembly.GetName().Version?.ToString(3) ?? "0";

    private void Apply(AwsOptions options)
    {
        if (options.Profile is { } profile)
        {
            Profile = new Profile(profile);
        }

        string? region = options.Region ?? RegionOf(options.Profile);
        if (region is not null)
        {
            RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }

        // The SDK drops the region when an address is set, but the signature still needs it.
        region ??= RegionEndpoint?.SystemName;
        if (options.ServiceUrl is { } url)
        {
            ServiceURL = url.AbsoluteUri;
        }

        if (string.IsNullOrEmpty(ServiceURL) && region is null)
        {
            throw new AmazonClientException(MissingRegion);
        }

        AuthenticationRegion = region;

        // Detects contradictory settings before a request is signed.
        _ = EndpointProvider.ResolveEndpoint(RegionalEndpoints.ParametersOf(this));
    }

    private static string? RegionOf(string? profile) =>
        profile is not null && new CredentialProfileStoreChain().TryGetProfile(profile, out CredentialProfile found)
            ? found.Region?.SystemName : null;

    // The SDK defaults used by this sink. The modes of AWS_DEFAULTS_MODE differ only in retries and timeouts, which the delivery pipeline
    // controls.
    private sealed class SdkDefaults : IDefaultConfigurationProvider
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
}
