using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using CloudObserve.Monitoring;
using CloudObserve.Monitoring.Alarms.Provisioning;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudObserve.Integration.Tests.Moto.Alarms;

/// <summary>
/// Alarms of settings as a stack of moto's CloudFormation, and as calls to moto's CloudWatch, and back.
/// </summary>
/// <remarks>
/// moto deviates from AWS. Its CloudFormation does not know alarms, so the file sitecustomize.py beside this one adds them. Its CloudWatch
/// does not keep the suppressor of a composite alarm, accepts percentiles only as extended statistics, and checks nothing else. Its
/// DescribeAlarms gives composite alarms always, and members of metric alarms in them.
/// </remarks>
public sealed class AlarmsOnMotoTests(MotoServer moto) : IClassFixture<MotoServer>, IDisposable
{
    private const string Ops = "ops=arn:aws:sns:eu-west-1:123456789012:ops";

    private const string Settings = """
        { "CloudObserve": { "Monitoring": { "Alarms": {
          "payments-failing": {
            "AlarmDescription": "p99 \"quoted\" <b>", "Namespace": "Shop", "MetricName": "PaymentErrors", "Statistic": "Sum", "Period": 60,
            "Dimensions": [ { "Name": "Region", "Value": "eu" }, { "Name": "Shop", "Value": "1" } ], "Unit": "Count",
            "EvaluationPeriods": 5, "DatapointsToAlarm": 3, "Threshold": 0.5, "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": "notBreaching", "AlarmActions": [ "ops" ], "OKActions": [ "ops" ]
          },
          "slow": {
            "Namespace": "Shop", "MetricName": "Duration", "ExtendedStatistic": "p99", "Period": 300, "EvaluationPeriods": 1,
            "EvaluateLowSampleCountPercentile": "ignore", "Threshold": 2, "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "ActionsEnabled": false
          },
          "ratio": {
            "EvaluationPeriods": 1, "Threshold": 10, "ComparisonOperator": "GreaterThanThreshold", "Metrics": [
              { "Id": "e1", "Expression": "100 * m1 / m2", "Label": "rate" },
              { "Id": "m1", "ReturnData": false, "MetricStat": { "Metric": { "Namespace": "Shop", "MetricName": "Errors",
                "Dimensions": [ { "Name": "Region", "Value": "eu" } ] }, "Period": 60, "Stat": "Sum", "Unit": "Count" } },
              { "Id": "m2", "ReturnData": false, "MetricStat": { "Metric": { "Namespace": "Shop", "MetricName": "Requests" }, "Period": 60,
                "Stat": "Sum" } } ]
          },
          "odd": {
            "EvaluationPeriods": 2, "ComparisonOperator": "LessThanLowerOrGreaterThanUpperThreshold", "ThresholdMetricId": "ad", "Metrics": [
              { "Id": "m1", "MetricStat": { "Metric": { "Namespace": "Shop", "MetricName": "Orders" }, "Period": 60, "Stat": "Sum" } },
              { "Id": "ad", "Expression": "ANOMALY_DETECTION_BAND(m1, 3)" } ]
          },
          "shop-down": { "AlarmRule": "ALARM(slow) AND NOT ALARM(ratio)", "AlarmDescription": "all", "AlarmActions": [ "ops" ] }
        } } } }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudobserve-");

    public void Dispose() => _folder.Delete(recursive: true);

    [MotoFact]
    public async Task An_exported_stack_has_the_alarms_and_their_description_is_imported_as_the_same_settings()
    {
        string settings = await WriteAsync("appsettings.json", Settings);
        string template = await CliAsync("alarm", "export", "--settings", settings, "--topic", Ops);

        await CreateStackAsync(template);
        string described = await moto.CloudWatchAsync("DescribeAlarms", "{}");
        string imported = await CliAsync("alarm", "import", await WriteAsync("described.json", described), "--topic", Ops);
        string again = await CliAsync("alarm", "export", "--settings", await WriteAsync("again.json", imported), "--topic", Ops);

        Assert.Equal(5, JsonNode.Parse(imported)!["CloudObserve"]!["Monitoring"]!["Alarms"]!.AsObject().Count);
        Assert.Equal(Properties(template), Properties(again));
    }

    [MotoFact]
    public async Task Provisioned_alarms_are_described_as_they_are_defined_and_not_put_again()
    {
        string settings = await WriteAsync("appsettings.json", Settings);
        AlarmDefinitions alarms = AlarmDefinitions.Import(
            await CliAsync("alarm", "export", "--settings", settings, "--format", "json", "--topic", Ops), out _);
        AwsOptions options = new()
        {
            Region = "eu-central-1",
            ServiceUrl = moto.Url,
            Credentials = new BasicAWSCredentials("test", "test"),
        };
        AlarmProvisioner provisioner = new(options, TimeProvider.System, NullLogger.Instance);

        ProvisionedSet set = ProvisionedSet.Of(alarms, static action => ([action], ""));

        IReadOnlySet<string> first = (await provisioner.PutAsync(set, [], deletes: false, CancellationToken.None)).Present;
        ProvisioningOutcome again = await provisioner.PutAsync(set, [], deletes: false, CancellationToken.None);
        IReadOnlySet<string> second = again.Present;

        Assert.Equal(5, first.Count);
        Assert.Equal(first.Order(), second.Order());
        Assert.True(again.IsComplete);
        AlarmDefinitions described = AlarmDefinitions.Import(
            await moto.CloudWatchAsync("DescribeAlarms", "{}", "eu-central-1"), out _);
        Assert.Equal(Texts(alarms), Texts(described));
    }

    private static async Task<string> CliAsync(params string[] args)
    {
        using RunningProgram program = RunningProgram.Start(
            BuiltProgram.PathOf("src", "CloudObserve.Cli"), new Dictionary<string, string>(), args);
        program.EndInput();
        await program.EndedAsync();
        return string.Join('\n', program.Output);
    }

    private async Task CreateStackAsync(string template) => await moto.QueryAsync(
        "cloudformation", "2010-05-15", "CreateStack", "eu-west-1", [("StackName", "alarms"), ("TemplateBody", template)]);

    private async Task<string> WriteAsync(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    private static string[] Texts(AlarmDefinitions alarms) =>
    [
        .. alarms.MetricAlarms.Select(static alarm => alarm.ToJson()).Order(StringComparer.Ordinal),
        .. alarms.CompositeAlarms.Select(static alarm => alarm.ToJson()),
    ];

    // By the names of the alarms, because their order is that of the answer.
    private static SortedDictionary<string, string> Properties(string template) => new(
        JsonNode.Parse(template)!["Resources"]!.AsObject().ToDictionary(
            static resource => resource.Key, static resource => JsonSerializer.Serialize(resource.Value!["Properties"])),
        StringComparer.Ordinal);
}
