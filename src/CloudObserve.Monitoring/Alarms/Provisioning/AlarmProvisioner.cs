using System.Text;
using System.Text.Json;
using CloudObserve.Delivery;
using CloudObserve.Monitoring.Alarms.Aws;
using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Sinks.CloudWatch;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Alarms.Provisioning;

/// <summary>Puts alarms into CloudWatch when an application starts.</summary>
/// <remarks>
/// It reads the alarms first, so that an alarm that is there as defined costs no further request, and a difference is told before it is
/// replaced. An alarm with a member that CloudWatch does not know is not put, because it would mean something else there.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class AlarmProvisioner(AwsOptions options, TimeProvider time, ILogger logger) : IAlarmProvisioner
{
    internal const string TagResource = "TagResource";

    /// <summary>The time limit of an operation.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private const string DescribeAlarms = "DescribeAlarms";
    private const string PutMetricAlarm = "PutMetricAlarm";
    private const string PutCompositeAlarm = "PutCompositeAlarm";

    // An answer is read up to 64 KiB. An alarm has its definition and its state in it, whose reason data has at most 4,000 characters.
    private const int MaxAnswer = 56 * 1024;
    private const int MaxState = 6 * 1024;
    private const int MaxNames = 100;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    public async Task<IReadOnlySet<string>> PutAsync(AlarmDefinitions alarms, CancellationToken cancellationToken)
    {
        ProvisioningOutcome outcome = new();
        using AwsServiceClient client = new(ServiceProtocol.CloudWatch, options, time);
        try
        {
            Run run = new(client, time, outcome, time.GetTimestamp());
            AlarmDefinitions known = Known(alarms, outcome);
            await run.PutAsync(known, logger, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The application stops. What was put is in the outcome.
        }
        catch (Exception exception)
        {
            // Nothing that goes wrong here stops the application. The alarms are evaluated in the process.
            logger.AlarmsNotPut(
                alarms.MetricAlarms.Count + alarms.CompositeAlarms.Count - outcome.Present.Count,
                "all that are not named as put", exception.GetType().Name, exception.Message);
        }

        outcome.Tell(logger, Patience);
        return outcome.Present;
    }

    private static AlarmDefinitions Known(AlarmDefinitions alarms, ProvisioningOutcome outcome)
    {
        List<AlarmDefinition> metric = [];
        foreach (AlarmDefinition alarm in alarms.MetricAlarms)
        {
            if (alarm.MinimumSampleCount is null)
            {
                metric.Add(alarm);
            }
            else
            {
                outcome.AddUnsupported(alarm.AlarmName);
            }
        }

        return alarms.InOrder() with { MetricAlarms = metric };
    }

    /// <summary>Represents one provisioning.</summary>
    private sealed class Run(AwsServiceClient client, TimeProvider time, ProvisioningOutcome outcome, long started)
    {
        // The outcome of everything after the time limit.
        private SendResult? _last;

        internal async Task PutAsync(AlarmDefinitions alarms, ILogger logger, CancellationToken cancellationToken)
        {
            ExistingAlarms existing = new();
            if (await DescribeAsync(alarms, existing, cancellationToken).ConfigureAwait(false) is { } fault)
            {
                logger.AlarmsNotDescribed(fault.Code, fault.Message);
            }

            foreach (AlarmDefinition alarm in alarms.MetricAlarms)
            {
                await PutAsync(
                    PutMetricAlarm, alarm.AlarmName, alarm.ToJson(), alarm.Tags, existing.DriftOf(alarm), existing, cancellationToken)
                    .ConfigureAwait(false);
            }

            foreach (CompositeAlarmDefinition alarm in alarms.CompositeAlarms)
            {
                await PutAsync(
                    PutCompositeAlarm, alarm.AlarmName, alarm.ToJson(), alarm.Tags, existing.DriftOf(alarm), existing, cancellationToken)
                    .ConfigureAwait(false);
            }
        }

        private async Task PutAsync(
            string operation,
            string name,
            string json,
            IReadOnlyDictionary<string, string> tags,
            IReadOnlyList<string>? drift,
            ExistingAlarms existing,
            CancellationToken cancellationToken)
        {
            string? arn = existing.ArnOf(name);
            if (drift is { Count: 0 })
            {
                outcome.AddUnchanged(name);
            }
            else if (outcome.IsDenied(operation))
            {
                outcome.AddDenied(name, operation);
                return;
            }
            else
            {
                (SendResult result, _) = await CallAsync(operation, json, cancellationToken).ConfigureAwait(false);
                if (result.Error != ErrorClass.None)
                {
                    outcome.AddFailed(name, operation, result);
                    return;
                }

                outcome.AddPut(name, arn is null ? null : drift ?? []);
            }

            // CloudWatch ignores the tags of a Put for an alarm that exists.
            if (arn is not null && tags.Count > 0)
            {
                await TagAsync(name, arn, tags, cancellationToken).ConfigureAwait(false);
            }
        }

        private async Task TagAsync(
            string name, string arn, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
        {
            if (outcome.IsDenied(TagResource))
            {
                outcome.AddDenied(name, TagResource);
                return;
            }

            string input = JsonText.Write(json =>
            {
                json.WriteStartObject();
                json.WriteString("ResourceARN", arn);
                AlarmDefinitionWriter.WriteTags(json, tags);
                json.WriteEndObject();
            });
            (SendResult result, _) = await CallAsync(TagResource, input, cancellationToken).ConfigureAwait(false);
            if (result.Error != ErrorClass.None)
            {
                outcome.AddDeniedTags(name, TagResource, result);
            }
        }

        // Returns the first fault; null if all alarms were read.
        private async Task<SendResult?> DescribeAsync(
            AlarmDefinitions alarms, ExistingAlarms existing, CancellationToken cancellationToken)
        {
            foreach (string[] names in Chunks(alarms))
            {
                string input = JsonText.Write(json =>
                {
                    json.WriteStartObject();
                    JsonText.WriteTexts(json, "AlarmNames", names);
                    JsonText.WriteTexts(json, "AlarmTypes", ["MetricAlarm", "CompositeAlarm"]);
                    json.WriteEndObject();
                });
                (SendResult result, ReadOnlyMemory<byte> content) =
                    await CallAsync(DescribeAlarms, input, cancellationToken).ConfigureAwait(false);
                if (result.Error != ErrorClass.None)
                {
                    return result;
                }

                try
                {
                    existing.Add(content);
                }
                catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
                {
                    return SendResult.Failed(ErrorClass.Invalid, "UnreadableAnswer", exception.Message);
                }
            }

            return null;
        }

        private static IEnumerable<string[]> Chunks(AlarmDefinitions alarms)
        {
            List<string> names = [];
            int size = 0;
            foreach ((string name, int length) in alarms.MetricAlarms.Select(static alarm => (alarm.AlarmName, alarm.ToJson().Length))
                .Concat(alarms.CompositeAlarms.Select(static alarm => (alarm.AlarmName, alarm.ToJson().Length))))
            {
                if (names.Count > 0 && (names.Count == MaxNames || size + length + MaxState > MaxAnswer))
                {
                    yield return [.. names];
                    names.Clear();
                    size = 0;
                }

                names.Add(name);
                size += length + MaxState;
            }

            if (names.Count > 0)
            {
                yield return [.. names];
            }
        }

        // All operations here are idempotent, so they can be repeated after an ambiguous answer.
        private async Task<(SendResult Result, ReadOnlyMemory<byte> Content)> CallAsync(
            string operation, string json, CancellationToken cancellationToken)
        {
            if (_last is { } last)
            {
                return (last, default);
            }

            for (TimeSpan pause = FirstPause; ; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
            {
                (SendResult Result, ReadOnlyMemory<byte> Content) answer =
                    await client.CallAsync(operation, Encoding.UTF8.GetBytes(json), cancellationToken).ConfigureAwait(false);
                TimeSpan wait = answer.Result.RetryAfter ?? pause;
                bool isTemporary = answer.Result.Error is ErrorClass.Throttled or ErrorClass.Unavailable or ErrorClass.Ambiguous;
                if (!isTemporary)
                {
                    return answer;
                }

                if (time.GetElapsedTime(started) + wait > Patience)
                {
                    _last = answer.Result;
                    return answer;
                }

                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
