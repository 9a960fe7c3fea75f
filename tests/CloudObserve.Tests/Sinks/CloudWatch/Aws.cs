using Amazon.Runtime;
using CloudObserve.Sinks.CloudWatch;
using CloudObserve.Testing;

namespace CloudObserve.Tests.Sinks.CloudWatch;

internal static class Aws
{
    internal static readonly AWSCredentials Credentials =
        new BasicAWSCredentials(ScriptedCloudWatch.AccessKeyId, ScriptedCloudWatch.SecretAccessKey);

    internal static AwsOptions OptionsFor(ScriptedCloudWatch aws) => OptionsFor(aws.Url);

    internal static AwsOptions OptionsFor(Uri url) => new() { Region = "eu-west-1", ServiceUrl = url, Credentials = Credentials };

    internal static CloudWatchSink SinkFor(ScriptedCloudWatch aws, SinkEvents events) => new(OptionsFor(aws), TimeProvider.System, events);
}
