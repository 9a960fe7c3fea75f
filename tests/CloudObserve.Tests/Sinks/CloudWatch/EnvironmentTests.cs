using Amazon.Runtime;
using CloudObserve.Delivery;
using CloudObserve.Sinks.CloudWatch;
using CloudObserve.Testing;
using CloudObserve.Tests.Contracts;

namespace CloudObserve.Tests.Sinks.CloudWatch;

/// <summary>The standard chain. Environment variables belong to the whole process, so nothing else runs meanwhile.</summary>
[Collection(EnvironmentGroup.Name)]
public sealed class EnvironmentTests : IDisposable
{
    // What the chain looks at; set to nothing so that the machine's own configuration has no say.
    private static readonly string[] Variables =
    [
        "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_CLOUDWATCH", "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", "AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT",
            "AWS_DISABLE_REQUEST_COMPRESSION",
        "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "AWS_EC2_METADATA_DISABLED", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];

    private readonly Dictionary<string, string?> _before = Variables.ToDictionary(v => v, Environment.GetEnvironmentVariable);
    private readonly string _directory = Directory.CreateTempSubdirectory("cloudobserve").FullName;

    public EnvironmentTests()
    {
        foreach (string variable in Variables)
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        Set("AWS_EC2_METADATA_DISABLED", "true");
        Set("AWS_CONFIG_FILE", Path.Combine(_directory, "config"));
        Set("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(_directory, "credentials"));
        Reset();
    }

    public void Dispose()
    {
        foreach ((string variable, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(variable, value);
        }

        Amazon.AWSConfigs.AWSProfilesLocation = null;
        Reset();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Everything_comes_from_the_environment_when_nothing_is_set_in_code()
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        SetCredentials();
        Set("AWS_REGION", "ap-southeast-2");
        Set("AWS_ENDPOINT_URL_CLOUDWATCH", aws.Url.AbsoluteUri);
        Set("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "10");
        Reset();

        SendResult result = await SendAsync(new AwsOptions());

        Assert.True(result.Error == ErrorClass.None, result.ToString());
        ReceivedRequest request = Assert.Single(aws.Requests);
        Assert.Contains("/ap-southeast-2/monitoring/", request.Headers["Authorization"], StringComparison.Ordinal);
        Assert.Equal("gzip", request.Headers["Content-Encoding"]);
    }

    [Fact]
    public async Task Logs_may_have_an_address_of_their_own()
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        aws.CreateLogGroup(LogBatch.Group, LogBatch.Stream);
        SetCredentials();
        Set("AWS_REGION", "ap-southeast-2");
        Set("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", aws.Url.AbsoluteUri);
        Set("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
        Reset();
        using CloudWatchSink sink = new(new AwsOptions(), TimeProvider.System, new SinkEvents());
        using Batch batch = LogBatch.Of(LogBatch.Event(DateTimeOffset.UtcNow));

        SendResult result = await sink.SendAsync(batch, CancellationToken.None);

        Assert.True(result.Error == ErrorClass.None, result.ToString());
        Assert.Contains("/ap-southeast-2/logs/", Assert.Single(aws.Requests).Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compression_can_be_turned_off_and_the_general_endpoint_counts_too()
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        SetCredentials();
        Set("AWS_REGION", "eu-west-1");
        Set("AWS_ENDPOINT_URL", aws.Url.AbsoluteUri);
        Set("AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES", "10");
        Set("AWS_DISABLE_REQUEST_COMPRESSION", "true");
        Reset();

        SendResult result = await SendAsync(new AwsOptions());

        Assert.True(result.Error == ErrorClass.None, result.ToString());
        Assert.DoesNotContain("Content-Encoding", Assert.Single(aws.Requests).Headers.Keys);
    }

    [Fact]
    public async Task A_profile_gives_region_and_credentials()
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        string credentials = Path.Combine(_directory, "credentials");
        File.WriteAllText(
            credentials,
            $"[shop]\naws_access_key_id = {ScriptedCloudWatch.AccessKeyId}\naws_secret_access_key = {ScriptedCloudWatch.SecretAccessKey}\nregion = sa-east-1\n");

        // The SDK reads AWS_SHARED_CREDENTIALS_FILE once a process; this it reads every time.
        Amazon.AWSConfigs.AWSProfilesLocation = credentials;

        SendResult result = await SendAsync(new AwsOptions { Profile = "shop", ServiceUrl = aws.Url });

        Assert.True(result.Error == ErrorClass.None, result.ToString());
        Assert.Contains("/sa-east-1/monitoring/", Assert.Single(aws.Requests).Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public void Code_wins_over_the_environment()
    {
        Set("AWS_REGION", "eu-west-1");
        Reset();

        Assert.Equal("https://monitoring.us-west-2.amazonaws.com", EndpointOf(new AwsOptions { Region = "us-west-2" }));
    }

    [Fact]
    public void FIPS_and_dual_stack_come_from_the_environment()
    {
        Set("AWS_REGION", "us-east-1");
        Set("AWS_USE_FIPS_ENDPOINT", "true");
        Set("AWS_USE_DUALSTACK_ENDPOINT", "true");
        Reset();

        Assert.Equal("https://monitoring-fips.us-east-1.api.aws", EndpointOf(new AwsOptions()));
    }

    [Fact]
    public async Task A_missing_region_names_what_to_set_and_is_looked_for_again()
    {
        await using ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        SetCredentials();
        AwsOptions options = new();
        using CloudWatchSink sink = new(options, TimeProvider.System, new SinkEvents());

        SendResult first = await SendAsync(sink);
        Set("AWS_REGION", "eu-west-1");
        Set("AWS_ENDPOINT_URL", aws.Url.AbsoluteUri);
        Reset();
        SendResult second = await SendAsync(sink);

        Assert.Equal(ErrorClass.Unauthorized, first.Error);
        Assert.Contains("AWS_REGION", first.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorClass.None, second.Error);
    }

    [Fact]
    public async Task Missing_credentials_name_what_to_set()
    {
        SendResult result = await SendAsync(new AwsOptions { Region = "eu-west-1", ServiceUrl = new Uri("http://127.0.0.1:9") });

        Assert.Equal((ErrorClass.Unauthorized, "NoCredentials"), (result.Error, result.Code));
        Assert.Contains("AWS_ACCESS_KEY_ID", result.Message, StringComparison.Ordinal);
    }

    private static string EndpointOf(AwsOptions options)
    {
        ServiceConfig config = new(ServiceProtocol.CloudWatch, options);
        return config.EndpointProvider.ResolveEndpoint(RegionalEndpoints.ParametersOf(config)).URL;
    }

    private static async Task<SendResult> SendAsync(AwsOptions options)
    {
        using CloudWatchSink sink = new(options, TimeProvider.System, new SinkEvents());
        return await SendAsync(sink);
    }

    private static async Task<SendResult> SendAsync(CloudWatchSink sink)
    {
        using Batch batch = MetricBatch.Of(MetricBatch.Datum());
        return await sink.SendAsync(batch, CancellationToken.None);
    }

    private static void SetCredentials()
    {
        Set("AWS_ACCESS_KEY_ID", ScriptedCloudWatch.AccessKeyId);
        Set("AWS_SECRET_ACCESS_KEY", ScriptedCloudWatch.SecretAccessKey);
    }

    private static void Set(string variable, string value) => Environment.SetEnvironmentVariable(variable, value);

    // The SDK remembers what it has read.
    private static void Reset()
    {
        FallbackRegionFactory.Reset();
        Amazon.Runtime.Internal.FallbackInternalConfigurationFactory.Reset();
    }
}
