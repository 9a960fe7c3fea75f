using System.Text.Json.Nodes;
using System.Xml.Linq;
using Amazon.Runtime;
using CloudObserve.Monitoring;
using Microsoft.Extensions.DependencyInjection;

namespace CloudObserve.Integration.Tests.Moto.Alarms;

/// <summary>Notifications of alarms that arrive in a queue through a topic of moto's SNS.</summary>
public sealed class SnsOnMotoTests(MotoServer moto) : IClassFixture<MotoServer>
{
    private const string Region = "eu-central-1";
    private const string Account = "123456789012";

    [MotoFact]
    public async Task A_notification_arrives_in_the_queue_that_subscribed_to_the_topic()
    {
        string queue = await SubscribedAsync("ops", []);
        await using ServiceProvider services = New(t => t.Sns($"arn:aws:sns:{Region}:{Account}:ops", messagePerProtocol: true));

        string id = Assert.Single(services.GetRequiredService<IAlarms>().Fire("orders"));

        JsonNode envelope = await ReceiveAsync(queue);
        Assert.Equal("TEST: \"orders\" in US East (N. Virginia)", envelope["Subject"]!.GetValue<string>());
        JsonNode message = JsonNode.Parse(envelope["Message"]!.GetValue<string>())!;
        Assert.Equal(("orders", "ALARM"), (message["AlarmName"]!.GetValue<string>(), message["NewStateValue"]!.GetValue<string>()));
        Assert.NotEmpty(id);
    }

    [MotoFact]
    public async Task A_FIFO_topic_delivers_each_notification_with_its_group_and_id()
    {
        (string, string)[] fifo =
            [("Attributes.entry.1.key", "FifoTopic"), ("Attributes.entry.1.value", "true")];
        string queue = await SubscribedAsync("ops.fifo", fifo);
        await using ServiceProvider services = New(t => t.Sns($"arn:aws:sns:{Region}:{Account}:ops.fifo"));

        _ = services.GetRequiredService<IAlarms>().Fire("orders");

        Assert.Equal(
            "ALARM", JsonNode.Parse((await ReceiveAsync(queue))["Message"]!.GetValue<string>())!["NewStateValue"]!.GetValue<string>());
    }

    private async Task<string> SubscribedAsync(string name, (string, string)[] attributes)
    {
        _ = await moto.QueryAsync("sns", "2010-03-31", "CreateTopic", Region, [("Name", name), .. attributes]);
        (string, string)[] queueAttributes = attributes.Length == 0 ? []
            : [("Attribute.1.Name", "FifoQueue"), ("Attribute.1.Value", "true")];
        string created = await moto.QueryAsync("sqs", "2012-11-05", "CreateQueue", Region, [("QueueName", name), .. queueAttributes]);
        _ = await moto.QueryAsync(
            "sns", "2010-03-31", "Subscribe", Region,
            [("TopicArn", $"arn:aws:sns:{Region}:{Account}:{name}"), ("Protocol", "sqs"),
                ("Endpoint", $"arn:aws:sqs:{Region}:{Account}:{name}")]);
        return Value(created, "QueueUrl")!;
    }

    // The channel sends in the background.
    private async Task<JsonNode> ReceiveAsync(string queue)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(30));
        while (true)
        {
            string answer = await moto.QueryAsync("sqs", "2012-11-05", "ReceiveMessage", Region, [("QueueUrl", queue)]);
            if (Value(answer, "Body") is { } body)
            {
                return JsonNode.Parse(body)!;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    private static string? Value(string xml, string name) =>
        XDocument.Parse(xml).Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    private ServiceProvider New(Action<TopicBuilder> topic)
    {
        ServiceCollection services = new();
        _ = services.AddSingleton(TimeProvider.System).AddLogging().AddCloudObserve().WithMonitoring(m => m
            .AddAlarm("orders", a => a.Metric("Shop", "Orders").Statistic("Sum").GreaterThan(5).Notify("ops"))
            .AddTopic("ops", topic));
        _ = services.Configure<CloudObserveOptions>(static options => options.Delivery.Spool.Enabled = false);
        _ = services.Configure<AwsOptions>(aws =>
        {
            aws.ServiceUrl = moto.Url;
            aws.Credentials = new BasicAWSCredentials("test", "test");
        });
        return services.BuildServiceProvider();
    }
}
