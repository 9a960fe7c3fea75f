using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using CloudObserve.Monitoring.Alarms.Notifications;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>Notifications to topics of Amazon SNS.</summary>
public sealed class SnsTopicTests : IAsyncDisposable
{
    private const string Arn = "arn:aws:sns:eu-west-1:111122223333:ops";

    private const string Message = """
        {"AlarmName":"orders","AlarmDescription":null,"AWSAccountId":"000000000000","AlarmConfigurationUpdatedTimestamp":"2026-03-01T10:00:10.000+0000","NewStateValue":"ALARM","NewStateReason":"Threshold Crossed: 1 datapoint [80.0 (01/03/26 10:00:00)] was greater than the threshold (50.0).","StateChangeTime":"2026-03-01T10:01:10.000+0000","ActionExecutedAfterMuteWindow":false,"Region":"US East (N. Virginia)","AlarmArn":"arn:aws:cloudwatch:us-east-1:000000000000:alarm:orders","OldStateValue":"INSUFFICIENT_DATA","OKActions":[],"AlarmActions":["arn:aws:sns:us-east-1:000000000000:ops"],"InsufficientDataActions":[],"Trigger":{"MetricName":"Orders","Namespace":"Shop","StatisticType":"Statistic","Statistic":"SUM","Unit":null,"Dimensions":[],"Period":60,"EvaluationPeriods":1,"ComparisonOperator":"GreaterThanThreshold","Threshold":50.0,"TreatMissingData":"","EvaluateLowSampleCountPercentile":""}}
        """;

    private readonly ScriptedService _sns = new();

    public ValueTask DisposeAsync() => _sns.DisposeAsync();

    [Fact]
    public async Task A_topic_receives_CloudWatchs_message_and_subject_signed_for_the_region_of_its_ARN()
    {
        await using AlarmHost host = New(t => t.Sns(Arn));
        host.Minute(80);
        await _sns.NextAsync();

        (string body, string authorization, string? target) = Assert.Single(_sns.Requests);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Action"] = "Publish",
                ["Version"] = "2010-03-31",
                ["TopicArn"] = Arn,
                ["Subject"] = "ALARM: \"orders\" in US East (N. Virginia)",
                ["Message"] = Message,
            },
            ScriptedService.Form(body));
        Assert.Contains("/eu-west-1/sns/aws4_request", authorization, StringComparison.Ordinal);
        Assert.Null(target);
        await UntilAsync(() => host.History("orders", "Action").Length == 1);
        Assert.Equal("Successfully executed action arn:aws:sns:us-east-1:000000000000:ops", host.History("orders", "Action")[0]);
    }

    [Fact]
    public async Task A_message_per_protocol_has_CloudWatchs_JSON_an_e_mail_and_a_short_text()
    {
        await using AlarmHost host = New(t => t.Sns(Arn, messagePerProtocol: true));
        host.Minute(80);
        await _sns.NextAsync();

        Dictionary<string, string> form = ScriptedService.Form(Assert.Single(_sns.Requests).Body);
        Assert.Equal("json", form["MessageStructure"]);
        JsonNode forms = JsonNode.Parse(form["Message"])!;
        Assert.Equal(Message, forms["default"]!.GetValue<string>());
        Assert.Equal("ALARM: \"orders\" in US East (N. Virginia)", forms["sms"]!.GetValue<string>());
        Assert.Equal(
            """
            You are receiving this email because your Amazon CloudWatch Alarm "orders" in the US East (N. Virginia) region has entered the ALARM state, because "Threshold Crossed: 1 datapoint [80.0 (01/03/26 10:00:00)] was greater than the threshold (50.0)." at "Sunday 01 March, 2026 10:01:10 UTC".

            Alarm Details:
            - Name: orders
            - Description:
            - State Change: INSUFFICIENT_DATA -> ALARM
            - Reason for State Change: Threshold Crossed: 1 datapoint [80.0 (01/03/26 10:00:00)] was greater than the threshold (50.0).
            - Timestamp: Sunday 01 March, 2026 10:01:10 UTC
            - AWS Account: 000000000000
            - Alarm Arn: arn:aws:cloudwatch:us-east-1:000000000000:alarm:orders

            Threshold:
            - The alarm is in the ALARM state when the metric is GreaterThanThreshold 50.0 for at least 1 of the last 1 period(s) of 60 seconds.

            Monitored Metric:
            - MetricNamespace: Shop
            - MetricName: Orders
            - Dimensions:
            - Period: 60 seconds
            - Statistic: SUM
            - Unit: not specified
            - TreatMissingData: missing

            State Change Actions:
            - OK:
            - ALARM: [arn:aws:sns:us-east-1:000000000000:ops]
            - INSUFFICIENT_DATA:

            """.ReplaceLineEndings("\n"),
            forms["email"]!.GetValue<string>());
    }

    [Fact]
    public void A_FIFO_topic_gets_the_alarm_as_the_group_and_the_id_to_tell_repeats_by()
    {
        AlarmNotification notification = Notification("orders");

        string form = Form(new SnsTopic(Arn + ".fifo", false), notification);
        Assert.EndsWith("&MessageGroupId=orders&MessageDeduplicationId=id-1", form, StringComparison.Ordinal);

        string spaced = Form(new SnsTopic(Arn + ".fifo", false), Notification("Ördérs and more"));
        Assert.Matches("&Subject=ALARM%3A%20%22%3Frd%3Frs%20and%20more%22&.*&MessageGroupId=[0-9a-f]{64}&", spaced);
        Assert.DoesNotContain("MessageGroupId", Form(new SnsTopic(Arn, false), notification), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "Throttling", "Rate exceeded")]
    [InlineData(403, "AuthorizationError", "not authorized to perform: SNS:Publish")]
    [InlineData(404, "NotFound", "Topic does not exist")]
    [InlineData(400, "KMSDisabled", "the key is disabled")]
    [InlineData(503, "", "down for a while")]
    public async Task What_the_service_cannot_take_now_is_published_later(int status, string code, string message)
    {
        _sns.Answers.Enqueue((status, code.Length > 0 ? ScriptedService.Error(code, message) : $"<html>{message}</html>"));
        await using AlarmHost host = New(t => t.Sns(Arn));
        ICloudObserve cloudObserve = host.Services.GetRequiredService<ICloudObserve>();
        host.Minute(80);
        await UntilAsync(() => Errors(cloudObserve).Contains(message, StringComparison.Ordinal));
        Assert.Contains(code, Errors(cloudObserve), StringComparison.Ordinal);
        Assert.Empty(host.History("orders", "Action"));

        _sns.Answers.Clear();
        await UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            return host.History("orders", "Action").Length == 1;
        });

        Assert.StartsWith("Successfully", host.History("orders", "Action")[0], StringComparison.Ordinal);
        Assert.Equal(0, cloudObserve.Ledgers["notifications"].TotalLost);

        static string Errors(ICloudObserve from) => JsonSerializer.Serialize(from.GetStatus().LastErrors);
    }

    [Fact]
    public async Task What_the_service_refuses_is_lost_counted_and_written_into_the_history()
    {
        _sns.Answers.Enqueue((400, ScriptedService.Error("InvalidParameter", "Invalid parameter: Subject")));
        await using AlarmHost host = New(t => t.Sns(Arn));
        host.Minute(80);
        await UntilAsync(() => host.History("orders", "Action").Length == 1);

        Assert.Equal("Failed to execute action arn:aws:sns:us-east-1:000000000000:ops", host.History("orders", "Action")[0]);
        ICloudObserve cloudObserve = host.Services.GetRequiredService<ICloudObserve>();
        await UntilAsync(() => cloudObserve.Ledgers["notifications"].TotalLost == 1);
    }

    [Theory]
    [InlineData("ops")]
    [InlineData("arn:aws:sns:eu-west-1:12:ops")]
    [InlineData("arn:aws:sqs:eu-west-1:111122223333:ops")]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:no spaces")]
    [InlineData("arn:aws:sns:eu-west-1:111122223333:.fifo")]
    public async Task An_invalid_ARN_is_a_fault_at_start(string arn)
    {
        await using AlarmHost host = New(t => t.Sns(arn));

        Assert.Contains(
            $"The topic 'ops', target 1: TopicArn is '{arn}', but must be the ARN of a topic",
            Assert.ThrowsAny<OptionsValidationException>(() => host.Alarms).Message,
            StringComparison.Ordinal);
    }

    private static string Form(SnsTopic topic, AlarmNotification notification) =>
        System.Text.Encoding.ASCII.GetString(SnsPublisher.Form(topic, notification));

    private static AlarmNotification Notification(string alarm) => new()
    {
        Id = "id-1",
        TopicArn = Arn,
        AlarmName = alarm,
        AlarmArn = "arn",
        OldState = AlarmState.Ok,
        NewState = AlarmState.Alarm,
        NewStateReason = "reason",
        StateChangeTime = AlarmHost.Start,
        Subject = $"ALARM: \"{alarm}\"",
        Message = "{}",
    };

    private AlarmHost New(Action<TopicBuilder> topic) => new(
        m => m.AddAlarm("orders", a => AlarmHost.Orders()(a)).AddTopic("ops", topic),
        configure: services => services.Configure<AwsOptions>(aws =>
        {
            aws.ServiceUrl = _sns.Url;
            aws.Credentials = new BasicAWSCredentials("AKIATEST", "secret");
        }));

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
