using Amazon.Runtime;
using CloudObserve.Monitoring.Alarms.Provisioning;
using CloudObserve.Testing;

namespace CloudObserve.Monitoring.Tests.Alarms.Provisioning;

/// <summary>Alarms that an application puts into CloudWatch at its start.</summary>
public sealed class AlarmProvisionerTests : IAsyncDisposable
{
    private static readonly AlarmDefinition Orders = TestAlarms.Of(3, 2) with
    {
        AlarmName = "orders",
        AlarmActions = ["arn:aws:sns:eu-west-1:123456789012:ops"],
        Tags = new Dictionary<string, string> { ["team"] = "shop" },
    };

    private static readonly AlarmDefinition Band = TestAlarms.Band("LessThanLowerThreshold");

    private static readonly CompositeAlarmDefinition Inner = new() { AlarmName = "z-inner", AlarmRule = "ALARM(orders)" };

    private static readonly CompositeAlarmDefinition Outer = new()
    {
        AlarmName = "a-outer",
        AlarmRule = "ALARM(z-inner) OR ALARM(band)",
        ActionsSuppressor = "orders",
        ActionsSuppressorWaitPeriod = TimeSpan.FromSeconds(30),
        ActionsSuppressorExtensionPeriod = TimeSpan.FromSeconds(30),
    };

    private static readonly AlarmDefinitions All = new() { MetricAlarms = [Orders, Band], CompositeAlarms = [Outer, Inner] };

    private readonly ScriptedCloudWatch _aws = ScriptedCloudWatch.Start();
    private readonly SkippingTime _time = new();
    private readonly LoggedLines _log = new();

    public ValueTask DisposeAsync() => _aws.DisposeAsync();

    [Fact]
    public async Task New_alarms_are_put_each_composite_alarm_after_those_it_uses()
    {
        IReadOnlySet<string> present = await PutAsync(All);

        Assert.Equal(["a-outer", "band", "orders", "z-inner"], present.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["DescribeAlarms", "PutMetricAlarm", "PutMetricAlarm", "PutCompositeAlarm", "PutCompositeAlarm"],
            _aws.Requests.Select(static request => request.Operation));
        Assert.Equal(["a-outer", "band", "orders", "z-inner"], _aws.Alarms.Select(static alarm => alarm.AlarmName));
        Assert.Equal(Orders.ToJson(), AlarmDefinition.Parse(_aws.Alarms[2].Input).ToJson());
        Assert.Equal("shop", _aws.Alarms[2].Tags["team"]);
        Assert.Equal(
            ["AlarmsPut: 4 alarms were put into CloudWatch, and 0 were there as defined. They are not evaluated in this process."],
            _log.Lines);
    }

    [Fact]
    public async Task Alarms_that_are_there_as_defined_are_not_put_again_but_tagged()
    {
        _ = await PutAsync(All);
        int before = _aws.Requests.Count;
        _log.Lines.Clear();

        IReadOnlySet<string> present = await PutAsync(All with
        {
            MetricAlarms = [Orders with { Tags = new Dictionary<string, string> { ["cost"] = "7" } }, Band],
        });

        Assert.Equal(4, present.Count);
        Assert.Equal(["DescribeAlarms", "TagResource"], _aws.Requests.Skip(before).Select(static request => request.Operation));
        Assert.Equal(["cost", "team"], _aws.Alarms[2].Tags.Keys.Order(StringComparer.Ordinal));
        Assert.StartsWith(
            "AlarmsPut: 0 alarms were put into CloudWatch, and 4 were there", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_difference_is_told_in_one_message_and_replaced()
    {
        _ = await PutAsync(All with { MetricAlarms = [Orders with { Threshold = 51, Period = TimeSpan.FromMinutes(5) }, Band] });
        _log.Lines.Clear();

        _ = await PutAsync(All);

        Assert.Equal(Orders.ToJson(), AlarmDefinition.Parse(_aws.Alarms[2].Input).ToJson());
        Assert.Equal(
            "AlarmsDrifted: 1 alarms of CloudWatch differed from their definitions, and were replaced: 'orders' (Period, Threshold)",
            _log.Lines[1]);
    }

    [Fact]
    public async Task Throttled_requests_are_repeated()
    {
        _aws.Script.Enqueue(Fault.Throttle(), Fault.Throttle(), Fault.Throttle(), Fault.InternalError());

        Assert.Equal(4, (await PutAsync(All)).Count);
        Assert.Equal(9, _aws.Requests.Count);
        Assert.StartsWith("AlarmsPut: 4 ", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task If_throttling_does_not_end_it_is_told_in_one_message()
    {
        _aws.Script.Enqueue([.. Enumerable.Repeat(Fault.Throttle(), 200)]);

        Assert.Empty(await PutAsync(All));
        Assert.InRange(_time.Skipped, TimeSpan.FromMinutes(1.5), AlarmProvisioner.Patience);
        Assert.Equal(2, _log.Lines.Count);
        Assert.StartsWith("AlarmsNotDescribed: ", _log.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "AlarmsThrottled: CloudWatch throttled the requests for 00:02:00. 4 alarms were not put and are evaluated in this process: ",
            _log.Lines[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_denied_operation_is_told_in_one_message_and_not_tried_again()
    {
        _aws.Deny("PutMetricAlarm");

        IReadOnlySet<string> present = await PutAsync(All);

        Assert.Equal(["a-outer", "z-inner"], present.Order(StringComparer.Ordinal));
        Assert.Single(_aws.Requests, static request => request.Operation == "PutMetricAlarm");
        Assert.Equal(
            "AlarmsDenied: CloudWatch denied PutMetricAlarm: User: arn:aws:iam::123456789012:user/test is not authorized to perform: "
                + "cloudwatch:PutMetricAlarm on resource: * Allow cloudwatch:PutMetricAlarm for the credentials. "
                + "Not put and evaluated in this process: 'orders', 'band'.",
            Assert.Single(_log.Lines, static line => line.StartsWith("AlarmsDenied", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Alarms_are_put_although_they_cannot_be_read()
    {
        _aws.Deny("DescribeAlarms");

        Assert.Equal(4, (await PutAsync(All)).Count);
        Assert.StartsWith(
            "AlarmsNotDescribed: The alarms of CloudWatch could not be read, so differences are not told. AccessDeniedException: ",
            _log.Lines[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alarm_that_CloudWatch_would_evaluate_otherwise_is_not_put()
    {
        IReadOnlySet<string> present = await PutAsync(
            new AlarmDefinitions { MetricAlarms = [Orders with { MinimumSampleCount = 10 }, Band] });

        Assert.Equal(["band"], present);
        Assert.Contains(
            "AlarmsNotSupported: CloudWatch does not know MinimumSampleCount. 1 alarms with it were not put and are evaluated in this "
                + "process: 'orders'",
            _log.Lines);
    }

    [Fact]
    public async Task Many_alarms_are_read_in_parts_that_fit_into_an_answer()
    {
        AlarmDefinitions many = new()
        {
            MetricAlarms = [.. Enumerable.Range(0, 300).Select(
                i => Orders with { AlarmName = $"orders-{i}", AlarmDescription = new string('d', 1024) })],
        };

        Assert.Equal(300, (await PutAsync(many)).Count);
        int before = _aws.Requests.Count;

        Assert.Equal(300, (await PutAsync(many)).Count);
        Assert.DoesNotContain(_aws.Requests.Skip(before), static request => request.Operation == "PutMetricAlarm");
    }

    [Fact]
    public async Task Nothing_that_goes_wrong_is_thrown()
    {
        AwsOptions gone = new()
        {
            Region = "eu-west-1",
            ServiceUrl = new Uri("http://127.0.0.1:1"),
            Credentials = new BasicAWSCredentials("a", "b"),
        };

        Assert.Empty(await new AlarmProvisioner(gone, _time, _log).PutAsync(All, CancellationToken.None));
        Assert.Empty(await new AlarmProvisioner(gone, _time, _log).PutAsync(
            new AlarmDefinitions { CompositeAlarms = [Inner with { AlarmRule = "ALARM(z-inner)" }] }, CancellationToken.None));
        Assert.Empty(await new AlarmProvisioner(gone, _time, _log).PutAsync(All, new CancellationToken(canceled: true)));

        Assert.Contains(_log.Lines, static line => line.StartsWith("AlarmsNotPut: 4 alarms", StringComparison.Ordinal));
        Assert.Contains(
            _log.Lines, static line => line.Contains("InvalidOperationException: The alarm 'z-inner'", StringComparison.Ordinal));
    }

    private Task<IReadOnlySet<string>> PutAsync(AlarmDefinitions alarms) => new AlarmProvisioner(
        new AwsOptions
        {
            Region = "eu-west-1",
            ServiceUrl = _aws.Url,
            Credentials = new BasicAWSCredentials(ScriptedCloudWatch.AccessKeyId, ScriptedCloudWatch.SecretAccessKey),
        },
        _time,
        _log).PutAsync(alarms, CancellationToken.None);
}
