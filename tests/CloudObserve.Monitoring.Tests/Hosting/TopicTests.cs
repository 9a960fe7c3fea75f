using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CloudObserve.Delivery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudObserve.Monitoring.Tests.Hosting;

/// <summary>Notifications to the webhooks of topics.</summary>
public sealed class TopicTests
{
    private const string Secret = "0123456789abcdef-secret";

    [Fact]
    public async Task A_webhook_receives_the_message_of_SNS_with_an_id_a_signature_and_its_headers()
    {
        await using WebhookReceiver receiver = new();
        await using AlarmHost host = New(receiver, w => w.SignWith(Secret).Header("X-Token", "t0ken"));
        host.Minute(80);
        await receiver.NextAsync();

        (string body, string? id, string? signature, string? token) = Assert.Single(receiver.Requests);
        JsonNode json = JsonNode.Parse(body)!;
        Assert.Equal(
            ("Notification", id, "arn:aws:sns:us-east-1:000000000000:ops", "ALARM: \"orders\" in US East (N. Virginia)"),
            (Text(json, "Type"), Text(json, "MessageId"), Text(json, "TopicArn"), Text(json, "Subject")));
        Assert.Equal("ALARM", Text(JsonNode.Parse(Text(json, "Message"))!, "NewStateValue"));
        Assert.Equal("t0ken", token);
        string time = signature!.Split(',')[0][2..];
        string expected = Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{time}.{body}")));
        Assert.Equal($"t={time},v1={expected}", signature);
        Assert.InRange(long.Parse(time, CultureInfo.InvariantCulture), AlarmHost.Start.ToUnixTimeSeconds(), long.MaxValue);
        await UntilAsync(() => host.History("orders", "Action").Length == 1);
        Assert.Equal("Successfully executed action arn:aws:sns:us-east-1:000000000000:ops", host.History("orders", "Action")[0]);
        LedgerSnapshot ledger = host.Services.GetRequiredService<ICloudObserve>().Ledgers["notifications"];
        Assert.Equal((1, 1), (ledger.Accepted, ledger.Delivered));
    }

    [Theory]
    [InlineData(WebhookFormat.Slack, "{'text':'*ALARM: \\'orders\\' in US East (N. Virginia)*")]
    [InlineData(WebhookFormat.Teams, "{'type':'message','attachments':[{'contentType':'application/vnd.microsoft.card.adaptive'")]
    public async Task The_format_is_that_of_the_receiver(WebhookFormat format, string begins)
    {
        await using WebhookReceiver receiver = new();
        await using AlarmHost host = New(receiver, w => w.Format(format));
        host.Minute(80);
        await receiver.NextAsync();

        string body = Assert.Single(receiver.Requests).Body;
        Assert.StartsWith(begins, body.Replace('"', '\''), StringComparison.Ordinal);
        Assert.NotNull(JsonNode.Parse(body));
    }

    [Fact]
    public async Task A_template_of_ones_own_is_filled_and_stays_JSON()
    {
        await using WebhookReceiver receiver = new();
        await using AlarmHost host = New(receiver, w => w.Template(
            """{"title":"<Subject>","state":"<OldStateValue> to <NewStateValue>"}"""));
        host.Minute(80);
        await receiver.NextAsync();

        JsonNode json = JsonNode.Parse(Assert.Single(receiver.Requests).Body)!;
        Assert.Equal(
            ("ALARM: \"orders\" in US East (N. Virginia)", "INSUFFICIENT_DATA to ALARM"), (Text(json, "title"), Text(json, "state")));
    }

    [Fact]
    public async Task A_webhook_that_is_down_gets_the_notification_when_it_is_back()
    {
        await using WebhookReceiver receiver = new() { Status = 503 };
        await using AlarmHost host = New(receiver);
        host.Minute(80);
        await receiver.NextAsync();
        Assert.Empty(host.History("orders", "Action"));

        receiver.Status = 200;
        await UntilAsync(() =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            return host.History("orders", "Action").Length == 1;
        });
        Assert.Single(receiver.Requests.Select(static request => request.Id).Distinct());
    }

    [Fact]
    public async Task A_refused_notification_is_lost_said_and_written_into_the_history_without_the_address()
    {
        await using WebhookReceiver receiver = new() { Status = 400 };
        await using AlarmHost host = New(receiver, w => w.SignWith(Secret));
        host.Minute(80);
        await UntilAsync(() => host.History("orders", "Action").Length == 1);

        AlarmHistoryItem item = Assert.Single(host.Alarms.DescribeAlarmHistory(
            new DescribeAlarmHistoryRequest { HistoryItemType = "Action" }).AlarmHistoryItems);
        Assert.Contains("ops/1: 400: The webhook refuses the message.", item.HistoryData, StringComparison.Ordinal);
        ICloudObserve cloudObserve = host.Services.GetRequiredService<ICloudObserve>();
        await UntilAsync(() => cloudObserve.Ledgers["notifications"].TotalLost == 1);
        string status = System.Text.Json.JsonSerializer.Serialize(cloudObserve.GetStatus());
        string said = $"{status} {item.HistoryData} {string.Join('\n', host.Log.All)}";
        Assert.DoesNotContain("very-secret-path", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, said, StringComparison.Ordinal);
        Assert.Contains("ops/1", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_of_topics_are_reported_at_start_without_secrets()
    {
        await using AlarmHost host = new(m => m
            .AddTopic("no spaces", t => t.Webhook("http://example.com/s3cret"))
            .AddTopic("ops", t => t
                .Webhook("https://user:s3cret@example.com/")
                .Webhook("not an address s3cret", w => w.SignWith("s3cret").Template("{<Nothing>}").Header("bad\n", "s3cret"))));

        string message = Assert.ThrowsAny<OptionsValidationException>(() => host.Alarms).Message;

        Assert.DoesNotContain("s3cret", message, StringComparison.Ordinal);
        Assert.All(
            [
                "The topic 'no spaces': the name must have", "target 1: Address must begin with https", "Address must not contain a user",
                "The topic 'ops', target 2: Address must be an absolute", "Secret must have at least 16 characters",
                "Template has the unknown placeholder <Nothing>", "must be a valid header",
            ],
            expected => Assert.Contains(expected, message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_notification_is_repeated_with_its_id_by_the_next_process_if_nobody_answered()
    {
        string directory = Directory.CreateTempSubdirectory("topics").FullName;
        await using WebhookReceiver receiver = new() { Status = 503 };
        await using (AlarmHost first = New(receiver, directory: directory))
        {
            await first.BeginAsync();
            first.Minute(80);
            await receiver.NextAsync();
        }

        receiver.Status = 200;
        await using AlarmHost second = New(receiver, directory: directory, start: AlarmHost.Start.AddMinutes(1));
        await second.BeginAsync();
        await UntilAsync(() =>
        {
            second.Clock.Advance(TimeSpan.FromSeconds(1));
            return second.History("orders", "Action").Length == 1;
        });
        Assert.Single(receiver.Requests.Select(static request => request.Id).Distinct());
        Directory.Delete(directory, recursive: true);
    }

    private static string Text(JsonNode json, string member) => json[member]!.GetValue<string>();

    private static AlarmHost New(
        WebhookReceiver receiver, Action<WebhookBuilder>? configure = null, string? directory = null, DateTimeOffset? start = null) => new(
            m => m.AddAlarm("orders", a => AlarmHost.Orders()(a)).AddTopic("ops", t => t.Webhook(receiver.Address, configure)),
            directory: directory,
            start: start);

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
