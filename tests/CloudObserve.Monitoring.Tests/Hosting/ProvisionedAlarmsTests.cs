using System.Text.Json.Nodes;
using Amazon.Runtime;
using CloudObserve.Local;
using CloudObserve.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>Alarms that a host puts into CloudWatch, and evaluates itself if it cannot.</summary>
public sealed class ProvisionedAlarmsTests : IAsyncDisposable
{
    private const string Ops = "arn:aws:sns:eu-west-1:111122223333:ops";
    private const string Real = "arn:aws:sns:us-east-1:111122223333:pager";

    private readonly ScriptedCloudWatch _aws = ScriptedCloudWatch.Start();

    public ValueTask DisposeAsync() => _aws.DisposeAsync();

    [Fact]
    public async Task Alarms_are_put_with_the_topics_of_Amazon_SNS_and_their_twins_are_off()
    {
        await using AlarmHost host = New(m => m
            .AddAlarm("orders", a => AlarmHost.Orders()(a.Notify(Real)))
            .AddCompositeAlarm("all", "ALARM(orders)", a => a.Notify("ops"))
            .AddTopic("ops", t => t.Sns(Ops).Log()));
        await BegunAsync(host);

        JsonNode orders = JsonNode.Parse(_aws.Alarms.Single(static alarm => alarm.AlarmName == "orders").Input)!;
        Assert.Equal([Real, Ops], orders["AlarmActions"]!.AsArray().Select(static action => action!.GetValue<string>()));
        Assert.Equal(["all", "orders"], _aws.Alarms.Select(static alarm => alarm.AlarmName));
        host.Minute(80);
        host.Minute(80);

        MetricAlarm twin = host.Metric("orders")!;
        Assert.Equal(
            (AlarmState.InsufficientData, true, "Unchecked: CloudWatch evaluates this alarm instead of this process"),
            (twin.StateValue, twin.IsProvisioned, twin.StateReason));
        Assert.True(host.Composite("all").IsProvisioned);
        Assert.Equal(["Alarm \"orders\" created"], host.History("orders"));
        Assert.StartsWith(
            "Unchecked: CloudWatch evaluates this alarm instead of this process. Here: 1 of 1", host.Alarms.Explain("orders").Summary,
            StringComparison.Ordinal);
        Assert.Equal((0, 0, 0, 2), (host.Runtime.Table.Totals.Ok, host.Runtime.Table.Totals.Alarm,
            host.Runtime.Table.Totals.InsufficientData, host.Runtime.Table.Provisioned));
        CloudWatchException refused = Assert.Throws<CloudWatchException>(() => host.Alarms.SetAlarmState(
            new SetAlarmStateRequest { AlarmName = "orders", StateValue = "ALARM", StateReason = "test" }));
        Assert.Equal("CloudWatch evaluates the alarm orders instead of this process. Set its state there.", refused.Message);
        Assert.Contains(
            "do not reach their other targets: ops.", Assert.Single(host.Log.Of("TopicsPartlyReached")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alarm_that_CloudWatch_could_not_evaluate_or_tell_of_as_this_process_does_is_not_put()
    {
        await using AlarmHost host = New(m => m
            .AddAlarm("few", a => AlarmHost.Orders()(a.MinimumSampleCount(3)))
            .AddAlarm("hook", a => AlarmHost.Orders()(a))
            .AddAlarm("lost", a => a.Metric("Shop", "Orders").Statistic("Sum").GreaterThan(50).Notify("nowhere"))
            .AddAlarm("child", a => a.Metric("Shop", "Orders").Statistic("Sum").GreaterThan(50))
            .AddCompositeAlarm("mixed", "ALARM(few) AND ALARM(child)")
            .AddTopic("ops", t => t.Log()));
        await BegunAsync(host);

        Assert.Equal(["child"], _aws.Alarms.Select(static alarm => alarm.AlarmName));
        string told = Assert.Single(host.Log.Of("AlarmsNotSupported"));
        Assert.All(
            [
                "'few' (CloudWatch does not know MinimumSampleCount)", "'hook' (the topic 'ops' has no target in Amazon SNS)",
                "'lost' (arn:aws:sns:us-east-1:000000000000:nowhere is in no account: give the topic a target in Amazon SNS, or set AccountId)",
                "'mixed' (it uses 'few', which cannot be put)",
            ],
            text => Assert.Contains(text, told, StringComparison.Ordinal));

        // A composite alarm that is evaluated here needs the state of its child, which runs no actions.
        host.Minute(80);
        Assert.Equal((AlarmState.Alarm, true), (host.StateOf("child"), host.Metric("child")!.IsProvisioned));
        Assert.Equal((AlarmState.Alarm, false), (host.StateOf("hook"), host.Metric("hook")!.IsProvisioned));
    }

    [Fact]
    public async Task A_failure_is_counted_said_and_tried_again_and_the_twin_stays_on_until_then()
    {
        _aws.Deny("PutMetricAlarm");
        await using AlarmHost host = New(m => m
            .AddAlarm("orders", a => AlarmHost.Orders()(a)).AddTopic("ops", t => t.Sns(Ops)).AddNotificationHandler<NotingHandler>());
        await BegunAsync(host);
        Assert.Contains("allow cloudwatch:PutMetricAlarm", Assert.Single(host.Log.Of("AlarmsDenied")), StringComparison.Ordinal);
        host.Minute(80);
        Assert.Equal((AlarmState.Alarm, false), (host.StateOf("orders"), host.Metric("orders")!.IsProvisioned));
        Assert.Equal("orders", (await host.Notes.NextAsync()).AlarmName);

        _aws.Allow("PutMetricAlarm");
        await UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(10));
            return host.Metric("orders")!.IsProvisioned;
        });

        Assert.Equal(AlarmState.InsufficientData, host.StateOf("orders"));
        Assert.Equal("Alarm updated from ALARM to INSUFFICIENT_DATA", host.History("orders", "StateUpdate")[^1]);
        Assert.False(host.Notes.TryNext(out _));
    }

    [Fact]
    public async Task Evaluations_begin_after_the_time_limit_if_CloudWatch_does_not_answer()
    {
        TaskCompletionSource release = new();
        _aws.Script.Enqueue([.. Enumerable.Repeat(Fault.Hang(release.Task), 20)]);
        await using AlarmHost host = New(m => m.AddAlarm("orders", a => AlarmHost.Orders()(a)).AddTopic("ops", t => t.Sns(Ops)));
        _ = host.Alarms;
        await UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(5));
            return host.Runtime.Started.IsCompleted;
        });
        Assert.Contains(
            "did not have the alarms within 00:00:30", Assert.Single(host.Log.Of("AlarmsNotProvisioned")), StringComparison.Ordinal);

        host.Minute(80);
        Assert.Equal((AlarmState.Alarm, false), (host.StateOf("orders"), host.Metric("orders")!.IsProvisioned));
        release.SetResult();
    }

    [Fact]
    public async Task A_changed_definition_is_put_and_a_removed_one_is_told_or_deleted()
    {
        IConfigurationRoot configuration = AlarmHost.Configured(
            ("Provision", "true"), ("DeleteRemovedAlarms", "true"),
            ("Alarms:orders:Namespace", "Shop"), ("Alarms:orders:MetricName", "Orders"), ("Alarms:orders:Statistic", "Sum"),
            ("Alarms:orders:Period", "60"), ("Alarms:orders:EvaluationPeriods", "1"), ("Alarms:orders:Threshold", "50"),
            ("Alarms:orders:ComparisonOperator", "GreaterThanThreshold"), ("Alarms:gone:AlarmRule", "ALARM(orders)"));
        string directory = Directory.CreateTempSubdirectory("provisioned").FullName;
        await using (AlarmHost first = New(null, configuration, directory))
        {
            await BegunAsync(first);
            Assert.Equal(2, _aws.Alarms.Count);
            configuration["CloudObserve:Monitoring:Alarms:orders:Threshold"] = "70";
            configuration.Reload();
            await UntilAsync(() => JsonNode.Parse(_aws.Alarms[^1].Input)!["Threshold"]!.GetValue<double>() == 70);
            await UntilAsync(() => first.Metric("orders")!.IsProvisioned);
        }

        IConfigurationRoot later = new ConfigurationBuilder().AddInMemoryCollection(
            configuration.AsEnumerable().Where(static pair => !pair.Key.Contains(":gone", StringComparison.Ordinal))).Build();
        await using AlarmHost second = New(null, later, directory);
        await BegunAsync(second);

        Assert.Equal("orders", Assert.Single(_aws.Alarms).AlarmName);
        Assert.Contains("'gone'", Assert.Single(second.Log.Of("AlarmsDeleted")), StringComparison.Ordinal);
        Directory.Delete(directory, recursive: true);
    }

    // The clock stands still meanwhile, so that no request times out.
    [Theory]
    [InlineData(true, false, 1)]
    [InlineData(true, true, 0)]
    [InlineData(false, false, 0)]
    public async Task Alarms_that_stay_here_and_have_no_data_here_are_told(bool isDenied, bool hasCopy, int warnings)
    {
        if (isDenied)
        {
            _aws.Deny("PutMetricAlarm");
        }

        await using AlarmHost host = New(
            m => m.AddAlarm("child", a => a.Metric("Shop", "Orders").Statistic("Sum").GreaterThan(50)),
            more: services => services.Configure<CloudObserveOptions>(o =>
            {
                o.Destination = Destination.Aws;
                o.Local.Copy = hasCopy;
            }));
        await BegunAsync(host);

        Assert.Equal(warnings, host.Log.Of("AlarmsWithoutData").Count());
    }

    private static Task BegunAsync(AlarmHost host)
    {
        _ = host.Alarms;
        return host.Runtime.Started.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private AlarmHost New(Action<MonitoringBuilder>? define, IConfiguration? configuration = null, string? directory = null,
        Action<IServiceCollection>? more = null) => new(
        m =>
        {
            define?.Invoke(m);
            _ = configuration is null ? m.ProvisionAlarms() : m;
        },
        configuration,
        directory,
        configure: services =>
        {
            more?.Invoke(services);
            _ = services.Configure<AwsOptions>(aws =>
            {
                aws.Region = "eu-west-1";
                aws.ServiceUrl = _aws.Url;
                aws.Credentials = new BasicAWSCredentials(ScriptedCloudWatch.AccessKeyId, ScriptedCloudWatch.SecretAccessKey);
            });
        });

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
