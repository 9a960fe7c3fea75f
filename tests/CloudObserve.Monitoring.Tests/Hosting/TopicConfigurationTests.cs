using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>Topics in the configuration, their faults, and their changes while the application runs.</summary>
public sealed class TopicConfigurationTests
{
    private const string Secret = "0123456789abcdef-secret";

    [Fact]
    public async Task A_topic_of_the_configuration_notifies_its_webhooks_and_the_log()
    {
        await using WebhookReceiver receiver = new();
        await using AlarmHost host = New(AlarmHost.Json($$$"""
            {
              "Topics": {
                "ops": {
                  "LogLevel": "Error",
                  "Webhooks": [ { "Address": "{{{receiver.Address}}}", "Format": "slack", "Secret": "{{{Secret}}}", "Headers": { "X-Token": "t0ken" } } ]
                }
              }
            }
            """));
        host.Minute(80);
        await receiver.NextAsync();

        (string body, _, string? signature, string? token) = Assert.Single(receiver.Requests);
        Assert.StartsWith("""{"text":"*ALARM:""", body, StringComparison.Ordinal);
        Assert.NotNull(signature);
        Assert.Equal("t0ken", token);
        Assert.StartsWith(
            "Topic ops: ALARM: \"orders\" in US East (N. Virginia): Threshold Crossed: ", Assert.Single(host.Log.Of("TopicNotified")),
            StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, string.Join('\n', host.Log.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_faults_are_reported_at_start_with_key_value_and_rule_but_no_secret()
    {
        await using AlarmHost host = New(AlarmHost.Json("""
            {
              "Topics": {
                "ops": {
                  "Colour": "red", "LogLevel": "Loud",
                  "Webhooks": [
                    { "Address": "http://example.com/s3cret", "Format": "Fax", "Secret": "s3cret", "Url": "x" },
                    { "Address": "https://example.com", "Template": "{\"a\":<s3cret>}", "Headers": { "bad name": "s3cret" } }
                  ],
                  "Sns": [ { "TopicArn": "ops", "MessagePerProtocol": "perhaps" } ]
                },
                "no spaces": { "LogLevel": "Error" }
              }
            }
            """));

        OptionsValidationException exception = Assert.ThrowsAny<OptionsValidationException>(() => host.Alarms);

        const string ops = "CloudObserve:Monitoring:Topics:ops:";
        string[] expected =
        [
            $"{ops}Colour is not known; the keys here are Webhooks, Sns, LogLevel.",
            $"{ops}LogLevel is 'Loud', but must be one of Trace, Debug, Information, Warning, Error, Critical, None.",
            $"{ops}Webhooks:0:Url is not known; the keys here are Address, Format, Template, Secret, Headers.",
            $"{ops}Webhooks:0:Format is 'Fax', but must be one of Sns, Slack, Teams.",
            $"{ops}Webhooks:0:Address must begin with https, because it is not a loopback address.",
            $"{ops}Webhooks:0:Secret must have at least 16 characters.",
            $"{ops}Webhooks:1:Template must be JSON, with placeholders within its strings.",
            $"{ops}Webhooks:1:Headers:bad name must be a valid header of a request.",
            $"{ops}Sns:0:MessagePerProtocol is 'perhaps', but must be true or false.",
            $"{ops}Sns:0:TopicArn is 'ops', but must be the ARN of a topic, such as arn:aws:sns:eu-west-1:111122223333:ops.",
            "CloudObserve:Monitoring:Topics:no spaces: the name must have 1 to 256 letters, digits, dashes and underscores.",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), exception.Failures.Order(StringComparer.Ordinal));
        Assert.DoesNotContain("s3cret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_adds_targets_to_the_topic_of_the_configuration()
    {
        await using WebhookReceiver configured = new();
        await using WebhookReceiver inCode = new();
        await using AlarmHost host = new(
            m => m.AddAlarm("orders", a => AlarmHost.Orders()(a)).AddTopic("ops", t => t.Webhook(inCode.Address)),
            AlarmHost.Configured(("Topics:ops:Webhooks:0:Address", configured.Address)));
        host.Minute(80);

        await configured.NextAsync();
        await inCode.NextAsync();
    }

    [Fact]
    public async Task A_change_of_the_configuration_moves_notifications_also_those_that_wait()
    {
        await using WebhookReceiver broken = new() { Status = 503 };
        await using WebhookReceiver right = new();
        IConfigurationRoot configuration = AlarmHost.Configured(("Topics:ops:Webhooks:0:Address", broken.Address));
        await using AlarmHost host = New(configuration);
        host.Minute(80);
        await broken.NextAsync();

        configuration["CloudObserve:Monitoring:Topics:ops:Webhooks:0:Address"] = right.Address;
        configuration.Reload();
        await UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            return host.History("orders", "Action").Length == 1;
        });

        Assert.Single(broken.Requests.Concat(right.Requests).Select(static request => request.Id).Distinct());
        Assert.NotEmpty(right.Requests);
    }

    [Fact]
    public async Task A_topic_that_becomes_faulty_keeps_its_targets_and_it_is_said_without_secrets()
    {
        await using WebhookReceiver receiver = new();
        IConfigurationRoot configuration = AlarmHost.Configured(("Topics:ops:Webhooks:0:Address", receiver.Address));
        await using AlarmHost host = New(configuration);
        _ = host.Alarms;

        configuration["CloudObserve:Monitoring:Topics:ops:Webhooks:0:Address"] = "ftp://s3cret";
        configuration["CloudObserve:Monitoring:Topics:new:Sns:0:TopicArn"] = "nothing";
        configuration.Reload();

        Assert.Equal(
            [
                "A changed topic was refused, and keeps the targets that it has. CloudObserve:Monitoring:Topics:new:Sns:0:TopicArn is "
                    + "'nothing', but must be the ARN of a topic, such as arn:aws:sns:eu-west-1:111122223333:ops.",
                "A changed topic was refused, and keeps the targets that it has. CloudObserve:Monitoring:Topics:ops:Webhooks:0:Address "
                    + "must be an absolute address with https.",
            ],
            host.Log.Of("TopicRefused").Order(StringComparer.Ordinal));
        host.Minute(80);
        await receiver.NextAsync();
    }

    private static AlarmHost New(IConfiguration configuration) => new(m => m.AddAlarm("orders", a => AlarmHost.Orders()(a)), configuration);

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
