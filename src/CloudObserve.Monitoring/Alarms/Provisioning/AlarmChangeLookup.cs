using System.Text;
using System.Text.Json;
using CloudObserve.Delivery;
using CloudObserve.Monitoring.Alarms.Aws;
using CloudObserve.Sinks.CloudWatch;

namespace CloudObserve.Monitoring.Alarms.Provisioning;

/// <summary>Looks up in AWS CloudTrail the user who changed an alarm.</summary>
/// <remarks>
/// It is a convenience, so a fault has no consequence but that the user is not named, and ends all further lookups. CloudTrail knows a
/// change some minutes after it.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class AlarmChangeLookup(AwsOptions options, TimeProvider time)
{
    private const string LookupEvents = "LookupEvents";

    // The events of ten changes fit into an answer that is read up to 64 KiB.
    private const int MaxEvents = 10;

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);
    private static readonly ServiceProtocol CloudTrail = new(
        "CloudTrail", "cloudtrail", "cloudtrail", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101", "application/x-amz-json-1.1",
        QueryCompatible: false);

    private bool _hasFailed;

    /// <summary>Finds the ARN of the user.</summary>
    /// <param name="operation">The operation that changes alarms of its kind.</param>
    /// <param name="alarm">The name of the alarm.</param>
    /// <param name="changed">The time of the change.</param>
    /// <param name="before">The time after which changes are those of this process.</param>
    /// <param name="cancellationToken">Ends the lookup.</param>
    /// <returns><see langword="null"/> if the user is not known.</returns>
    internal async Task<string?> FindUserAsync(
        string operation, string alarm, DateTimeOffset changed, DateTimeOffset before, CancellationToken cancellationToken)
    {
        if (_hasFailed)
        {
            return null;
        }

        using AwsServiceClient client = new(CloudTrail, options, time);
        DateTimeOffset end = changed + Margin < before ? changed + Margin : before;
        string input = JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("LookupAttributes");
            json.WriteStartObject();
            json.WriteString("AttributeKey", "EventName");
            json.WriteString("AttributeValue", operation);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteNumber("StartTime", (changed - Margin).ToUnixTimeSeconds());
            json.WriteNumber("EndTime", end.ToUnixTimeSeconds());
            json.WriteNumber("MaxResults", MaxEvents);
            json.WriteEndObject();
        });
        (SendResult result, ReadOnlyMemory<byte> content) =
            await client.CallAsync(LookupEvents, Encoding.UTF8.GetBytes(input), cancellationToken).ConfigureAwait(false);
        _hasFailed = result.Error != ErrorClass.None;
        try
        {
            return _hasFailed ? null : Find(alarm, content);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            _hasFailed = true;
            return null;
        }
    }

    // The newest event is the first one.
    private static string? Find(string alarm, ReadOnlyMemory<byte> content)
    {
        using JsonDocument answer = JsonDocument.Parse(content);
        if (!answer.RootElement.TryGetProperty("Events", out JsonElement events))
        {
            return null;
        }

        foreach (JsonElement item in events.EnumerateArray())
        {
            if (!JsonTexts.TryParse(JsonTexts.Text(item, "CloudTrailEvent"), out JsonDocument? recorded))
            {
                continue;
            }

            using (recorded)
            {
                JsonElement root = recorded.RootElement;
                if (root.TryGetProperty("requestParameters", out JsonElement parameters)
                    && JsonTexts.Text(parameters, "alarmName") == alarm)
                {
                    string arn = root.TryGetProperty("userIdentity", out JsonElement user) ? JsonTexts.Text(user, "arn") : "";
                    return arn.Length > 0 ? arn : JsonTexts.Text(item, "Username");
                }
            }
        }

        return null;
    }
}
