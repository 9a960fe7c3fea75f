using Amazon.Runtime;
using CloudObserve.Sinks.CloudWatch;

namespace CloudObserve.Tests.Sinks.CloudWatch;

public sealed class RegionalEndpointsTests
{
    private readonly RegionalEndpoints _endpoints = new(ServiceProtocol.CloudWatch);

    [Theory]
    [InlineData("eu-west-1", false, false, "https://monitoring.eu-west-1.amazonaws.com")]
    [InlineData("us-east-1", true, false, "https://monitoring-fips.us-east-1.amazonaws.com")]
    [InlineData("eu-west-1", false, true, "https://monitoring.eu-west-1.api.aws")]
    [InlineData("us-east-1", true, true, "https://monitoring-fips.us-east-1.api.aws")]
    [InlineData("cn-north-1", false, false, "https://monitoring.cn-north-1.amazonaws.com.cn")]
    [InlineData("cn-north-1", false, true, "https://monitoring.cn-north-1.api.amazonwebservices.com.cn")]
    [InlineData("us-gov-west-1", true, false, "https://monitoring.us-gov-west-1.amazonaws.com")]
    [InlineData("us-iso-east-1", false, false, "https://monitoring.us-iso-east-1.c2s.ic.gov")]
    public void A_region_has_its_host(string region, bool fips, bool dualStack, string expected)
    {
        Assert.Equal(expected, _endpoints.Resolve(null, region, fips, dualStack));
    }

    // In the partitions of AWS's own endpoint rules for CloudWatch Logs.
    [Theory]
    [InlineData("eu-west-1", false, false, "https://logs.eu-west-1.amazonaws.com")]
    [InlineData("us-east-1", true, false, "https://logs-fips.us-east-1.amazonaws.com")]
    [InlineData("us-gov-west-1", true, false, "https://logs.us-gov-west-1.amazonaws.com")]
    public void CloudWatch_Logs_has_hosts_of_its_own(string region, bool fips, bool dualStack, string expected)
    {
        Assert.Equal(expected, new RegionalEndpoints(ServiceProtocol.Logs).Resolve(null, region, fips, dualStack));
    }

    [Fact]
    public void An_address_that_is_given_wins_over_the_region()
    {
        Assert.Equal("http://127.0.0.1:5000/", _endpoints.Resolve("http://127.0.0.1:5000/", "eu-west-1", fips: false, dualStack: false));
    }

    [Fact]
    public void An_address_that_is_given_cannot_be_FIPS_as_well()
    {
        Assert.Throws<AmazonClientException>(() => _endpoints.Resolve("http://127.0.0.1:5000/", "eu-west-1", fips: true, dualStack: false));
    }
}
