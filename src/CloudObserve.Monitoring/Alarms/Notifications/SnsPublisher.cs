using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CloudObserve.Delivery;
using CloudObserve.Monitoring.Alarms.Aws;
using CloudObserve.Sinks.CloudWatch;

namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Makes one attempt to publish a notification to a topic of Amazon SNS.</summary>
/// <remarks>The service has the query protocol of AWS: parameters as a form, and answers in XML. A region is that of the ARN.</remarks>
/// <param name="options">The endpoint and the credentials.</param>
/// <param name="time">The clock.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class SnsPublisher(AwsOptions options, TimeProvider time) : IDisposable
{
    internal const string Publish = "Publish";

    // The limits of Amazon SNS for the group of a FIFO topic, and for a subject, which must be ASCII without control characters.
    private const int MaxGroup = 128;
    private const string Version = "2010-03-31";

    private static readonly ServiceProtocol Sns = new(
        "SNS", "sns", "sns", TargetPrefix: "", "application/x-www-form-urlencoded; charset=utf-8", QueryCompatible: false);

    // By region. A value is created once, also if two attempts need it at the same time.
    private readonly ConcurrentDictionary<string, Lazy<AwsServiceClient>> _clients = new(StringComparer.Ordinal);

    /// <summary>Makes one attempt.</summary>
    internal async Task<SendResult> PublishAsync(SnsTopic topic, AlarmNotification notification, CancellationToken cancellationToken)
    {
        Lazy<AwsServiceClient> client = _clients.GetOrAdd(
            topic.Region, region => new Lazy<AwsServiceClient>(() => new AwsServiceClient(Sns, OptionsOf(region), time, Classify)));
        (SendResult result, _) = await client.Value.CallAsync(Publish, Form(topic, notification), cancellationToken).ConfigureAwait(false);
        return result;
    }

    public void Dispose()
    {
        foreach (Lazy<AwsServiceClient> client in _clients.Values.Where(static client => client.IsValueCreated))
        {
            client.Value.Dispose();
        }
    }

    /// <summary>Writes the body of a request.</summary>
    internal static byte[] Form(SnsTopic topic, AlarmNotification notification)
    {
        List<(string Name, string Value)> parameters =
        [
            ("Action", Publish),
            ("Version", Version),
            ("TopicArn", topic.TopicArn),
            ("Subject", Plain(notification.Subject)),
            ("Message", topic.MessagePerProtocol ? SnsMessages.Write(notification) : notification.Message),
        ];
        if (topic.MessagePerProtocol)
        {
            parameters.Add(("MessageStructure", "json"));
        }

        if (topic.IsFifo)
        {
            // The service drops a repeat within five minutes, and keeps the order in which it got the notifications of an alarm.
            parameters.Add(("MessageGroupId", GroupOf(notification.AlarmName)));
            parameters.Add(("MessageDeduplicationId", notification.Id));
        }

        return Encoding.ASCII.GetBytes(string.Join('&', parameters.Select(static p => $"{p.Name}={Uri.EscapeDataString(p.Value)}")));
    }

    /// <summary>Returns the class of an error code of Amazon SNS.</summary>
    internal static ErrorClass Classify(string code, HttpStatusCode status) => code switch
    {
        "NotFound" or "NotFoundException" or "TopicNotFound" => ErrorClass.MissingResource,
        "AuthorizationError" or "InvalidSecurity" or "KMSAccessDenied" or "KMSDisabled" or "KMSInvalidState" or "KMSNotFound"
            or "KMSOptInRequired" => ErrorClass.Unauthorized,
        "KMSThrottling" => ErrorClass.Throttled,
        "InternalError" => ErrorClass.Unavailable,
        _ => CloudWatchErrors.Classify(code, status),
    };

    private AwsOptions OptionsOf(string region) => new()
    {
        Region = region,
        Profile = options.Profile,
        ServiceUrl = options.ServiceUrl,
        Credentials = options.Credentials,
    };

    private static string Plain(string subject) =>
        string.Create(subject.Length, subject, static (to, from) =>
        {
            for (int i = 0; i < from.Length; i++)
            {
                to[i] = from[i] is >= ' ' and <= '~' ? from[i] : '?';
            }
        });

    private static string GroupOf(string alarm) =>
        alarm.Length <= MaxGroup && alarm.All(static c => c is > ' ' and <= '~')
            ? alarm : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(alarm)));
}
