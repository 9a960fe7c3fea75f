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
    private AlarmProvisioner? _provisioner;

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
    public async Task Alarms_that_are_there_as_defined_are_not_put_again_but_get_their_tags_and_lose_others()
    {
        _ = await PutAsync(All);
        int before = _aws.Requests.Count;
        _log.Lines.Clear();

        IReadOnlySet<string> present = await PutAsync(All with
        {
            MetricAlarms = [Orders with { Tags = new Dictionary<string, string> { ["cost"] = "7" } }, Band],
        });

        Assert.Equal(4, present.Count);
        Assert.Equal(
            [
                "DescribeAlarms", "ListTagsForResource", "TagResource", "UntagResource", "ListTagsForResource", "ListTagsForResource",
                "ListTagsForResource",
            ],
            _aws.Requests.Skip(before).Select(static request => request.Operation));
        Assert.Equal("cost", Assert.Single(_aws.Alarms[2].Tags).Key);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Tags_that_AWS_set_itself_stay_and_tags_are_set_although_they_cannot_be_read()
    {
        _ = await PutAsync(new AlarmDefinitions
        {
            MetricAlarms = [Orders with { Tags = new Dictionary<string, string> { ["aws:stack"] = "s", ["old"] = "1" } }],
        });
        AlarmDefinitions tagged = new() { MetricAlarms = [Orders] };
        _ = await PutAsync(tagged);
        Assert.Equal(["aws:stack", "team"], _aws.Alarms[0].Tags.Keys.Order(StringComparer.Ordinal));

        _aws.Deny("ListTagsForResource");
        _log.Lines.Clear();
        ProvisioningOutcome outcome = await AttemptAsync(new AlarmDefinitions
        {
            MetricAlarms = [Orders with { Tags = new Dictionary<string, string> { ["team"] = "till" } }],
        });

        Assert.Equal("till", _aws.Alarms[0].Tags["team"]);
        Assert.Equal((1, false), (outcome.Present.Count, outcome.IsComplete));
        Assert.StartsWith(
            "AlarmTagsNotSet: The tags of 1 alarms in CloudWatch are not those of their definitions: 'orders'. ListTagsForResource failed: "
                + "AccessDeniedException: User: ",
            Assert.Single(_log.Lines),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Alarms_that_are_not_put_any_more_are_told_or_deleted_each_composite_alarm_before_those_it_uses(bool deletes)
    {
        _ = await PutAsync(All);
        RecordedAlarm[] earlier =
        [
            new("orders", false), new("band", false), new("deleted-by-hand", false), new("z-inner", true), new("a-outer", true),
        ];
        int before = _aws.Requests.Count;
        _log.Lines.Clear();

        ProvisioningOutcome outcome = await AttemptAsync(new AlarmDefinitions { MetricAlarms = [Band] }, earlier, deletes);

        Assert.True(outcome.IsComplete);
        if (!deletes)
        {
            Assert.Equal(4, _aws.Alarms.Count);
            Assert.Equal(["deleted-by-hand"], outcome.Gone);
            Assert.Equal(
                "AlarmsLeft: CloudWatch has 3 alarms that this application put and does not put any more: 'a-outer', 'z-inner', 'orders'. "
                    + "Delete them there, or set DeleteRemovedAlarms.",
                Assert.Single(_log.Lines));
            return;
        }

        Assert.Equal("band", Assert.Single(_aws.Alarms).AlarmName);
        Assert.Equal(["a-outer", "deleted-by-hand", "orders", "z-inner"], outcome.Gone.Order(StringComparer.Ordinal));
        Assert.Equal(
            ["DescribeAlarms", "ListTagsForResource", "DeleteAlarms", "DeleteAlarms", "DeleteAlarms"],
            _aws.Requests.Skip(before).Select(static request => request.Operation));
        Assert.Equal(
            "AlarmsDeleted: 3 alarms that this application does not put any more were deleted in CloudWatch: 'a-outer', 'z-inner', 'orders'",
            Assert.Single(_log.Lines));
    }

    [Fact]
    public async Task Alarms_that_cannot_be_deleted_are_told_and_tried_again()
    {
        _ = await PutAsync(All);
        _aws.Deny("DeleteAlarms");
        _log.Lines.Clear();

        ProvisioningOutcome outcome = await AttemptAsync(
            new AlarmDefinitions { MetricAlarms = [Band] }, [new("orders", false)], deletes: true);

        Assert.False(outcome.IsComplete);
        Assert.Empty(outcome.Gone);
        Assert.Contains("set DeleteRemovedAlarms. AccessDeniedException: ", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_fault_is_told_once()
    {
        _aws.Deny("PutMetricAlarm");
        _ = await PutAsync(All);
        int before = _log.Lines.Count;

        _ = await PutAsync(All);
        Assert.Equal(before, _log.Lines.Count);

        _aws.Allow("PutMetricAlarm");
        _ = await PutAsync(All);
        Assert.Equal(before + 1, _log.Lines.Count);
    }

    [Fact]
    public async Task A_difference_is_told_in_one_message_and_replaced()
    {
        _ = await PutAsync(All with { MetricAlarms = [Orders with { Threshold = 51, Period = TimeSpan.FromMinutes(5) }, Band] });
        _log.Lines.Clear();

        _ = await PutAsync(All);

        Assert.Equal(Orders.ToJson(), AlarmDefinition.Parse(_aws.Alarms[2].Input).ToJson());
        Assert.Matches(
            @"^AlarmsDrifted: 1 alarms of CloudWatch differed from their definitions, and were replaced: 'orders' \(Period, Threshold; changed \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\)$",
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
            "AlarmsDenied: PutMetricAlarm was not allowed: User: arn:aws:iam::123456789012:user/test is not authorized to perform: "
                + "cloudwatch:PutMetricAlarm on resource: * It needs a region, and credentials that allow cloudwatch:PutMetricAlarm. "
                + "Not put into CloudWatch and evaluated in this process: 'orders', 'band'.",
            Assert.Single(_log.Lines, static line => line.StartsWith("AlarmsDenied", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Alarms_are_put_although_they_cannot_be_read()
    {
        _aws.Deny("DescribeAlarms");

        Assert.Equal(4, (await PutAsync(All)).Count);
        Assert.StartsWith(
            "AlarmsNotDescribed: The alarms of CloudWatch could not be read, so differences are not told. AccessDeniedException: ",
            _log.Lines[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alarm_that_CloudWatch_would_evaluate_otherwise_is_not_put()
    {
        IReadOnlySet<string> present = await PutAsync(
            new AlarmDefinitions { MetricAlarms = [Orders with { MinimumSampleCount = 10 }, Band] });

        Assert.Equal(["band"], present);
        Assert.Contains(
            "AlarmsNotSupported: 1 alarms cannot be put into CloudWatch and are evaluated in this process: 'orders' (CloudWatch does not "
                + "know MinimumSampleCount)",
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

        Assert.Empty((await AttemptAsync(All, options: gone)).Present);
        Assert.Empty((await AttemptAsync(All, options: gone, cancelled: true)).Present);

        Assert.Contains(_log.Lines, static line => line.StartsWith("AlarmsNotPut: 4 alarms", StringComparison.Ordinal));
    }

    private async Task<IReadOnlySet<string>> PutAsync(AlarmDefinitions alarms) => (await AttemptAsync(alarms)).Present;

    private Task<ProvisioningOutcome> AttemptAsync(
        AlarmDefinitions alarms, RecordedAlarm[]? earlier = null, bool deletes = false, AwsOptions? options = null, bool cancelled = false)
    {
        AwsOptions scripted = new()
        {
            Region = "eu-west-1",
            ServiceUrl = _aws.Url,
            Credentials = new BasicAWSCredentials(ScriptedCloudWatch.AccessKeyId, ScriptedCloudWatch.SecretAccessKey),
        };
        AlarmProvisioner provisioner = options is null
            ? _provisioner ??= new AlarmProvisioner(scripted, _time, _log) : new AlarmProvisioner(options, _time, _log);
        return provisioner.PutAsync(
            ProvisionedSet.Of(alarms, static action => ([action], "")), earlier ?? [], deletes, new CancellationToken(cancelled));
    }
}
