using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal.Endpoints.StandardLibrary;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Builds the host name of a service in a region (public, FIPS or dual-stack), in every partition known to the SDK.</summary>
internal sealed class RegionalEndpoints(ServiceProtocol protocol) : IEndpointProvider
{
    private const string Url = "Endpoint";
    private const string Region = "Region";
    private const string Fips = "UseFIPS";
    private const string DualStack = "UseDualStack";

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return new Endpoint(
            Resolve((string?)parameters[Url], (string?)parameters[Region], parameters[Fips] is true, parameters[DualStack] is true));
    }

    internal static EndpointParameters ParametersOf(IClientConfig config) => new()
    {
        [Url] = config.ServiceURL,
        [Region] = config.RegionEndpoint?.SystemName,
        [Fips] = config.UseFIPSEndpoint,
        [DualStack] = config.UseDualstackEndpoint,
    };

    internal string Resolve(string? url, string? region, bool fips, bool dualStack)
    {
        if (!string.IsNullOrEmpty(url))
        {
            // As in AWS's endpoint rules: a custom address cannot be combined with FIPS or dual-stack, because it cannot be checked.
            return fips || dualStack
                ? throw new AmazonClientException($"FIPS or dual-stack cannot be combined with the service address {url}.") : url;
        }

        Partition partition = Fn.Partition(region ?? "") ?? throw new AmazonClientException($"'{region}' is not an AWS region.");
        if ((fips && !partition.supportsFIPS) || (dualStack && !partition.supportsDualStack))
        {
            throw new AmazonClientException($"The partition '{partition.name}' does not have the requested FIPS or dual-stack endpoints.");
        }

        // In GovCloud the ordinary endpoint is the FIPS endpoint.
        bool named = fips && (dualStack || partition.name != "aws-us-gov");
        string suffix = dualStack ? partition.dualStackDnsSuffix : partition.dnsSuffix;
        return $"https://{protocol.EndpointPrefix}{(named ? "-fips" : "")}.{region}.{suffix}";
    }
}
