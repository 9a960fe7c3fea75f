using System.Text.Json;
using CloudObserve.Delivery;
using CloudObserve.Monitoring.Alarms.Definitions;

namespace CloudObserve.Monitoring.Alarms.Provisioning;

/// <summary>Makes the calls of one attempt to put alarms.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class ProvisioningRun(PatientCaller caller, ProvisioningOutcome outcome, AlarmChangeLookup changes, TimeProvider time)
{
    private const string DescribeAlarms = "DescribeAlarms";
    private const string PutMetricAlarm = "PutMetricAlarm";
    private const string PutCompositeAlarm = "PutCompositeAlarm";
    private const string DeleteAlarms = "DeleteAlarms";
    private const string ListTags = "ListTagsForResource";
    private const string TagResource = "TagResource";
    private const string UntagResource = "UntagResource";
    private const string ReservedTag = "aws:";

    // An answer is read up to 64 KiB. An alarm has its definition and its state in it, whose reason data has at most 4,000 characters.
    private const int MaxAnswer = 56 * 1024;
    private const int MaxState = 6 * 1024;
    private const int UnknownDefinition = 6 * 1024;
    private const int MaxNames = 100;
    private const int MaxLookups = 5;

    private readonly ExistingAlarms _existing = new();

    internal async Task PutAsync(
        ProvisionedSet set, IReadOnlyList<RecordedAlarm> earlier, bool deletes, CancellationToken cancellationToken)
    {
        DateTimeOffset started = time.GetUtcNow();
        HashSet<string> wanted = new(Names(set.Alarms), StringComparer.Ordinal);
        RecordedAlarm[] leftovers = [.. earlier.Where(alarm => !wanted.Contains(alarm.Name))];
        bool isRead = await DescribeAsync(set.Alarms, leftovers, cancellationToken).ConfigureAwait(false);
        foreach (AlarmDefinition alarm in set.Alarms.MetricAlarms)
        {
            await PutAsync(PutMetricAlarm, alarm.AlarmName, alarm.ToJson(), _existing.DriftOf(alarm), cancellationToken)
                .ConfigureAwait(false);
        }

        foreach (CompositeAlarmDefinition alarm in set.Alarms.CompositeAlarms)
        {
            await PutAsync(PutCompositeAlarm, alarm.AlarmName, alarm.ToJson(), _existing.DriftOf(alarm), cancellationToken)
                .ConfigureAwait(false);
        }

        // CloudWatch ignores the tags of a Put for an alarm that exists.
        foreach ((string name, IReadOnlyDictionary<string, string> tags) in set.Alarms.MetricAlarms
            .Select(static a => (a.AlarmName, a.Tags)).Concat(set.Alarms.CompositeAlarms.Select(static a => (a.AlarmName, a.Tags))))
        {
            if (_existing.ArnOf(name) is { } arn && outcome.Present.Contains(name))
            {
                await AlignTagsAsync(name, arn, tags, cancellationToken).ConfigureAwait(false);
            }
        }

        if (isRead)
        {
            await RemoveAsync(leftovers, deletes, cancellationToken).ConfigureAwait(false);
        }

        HashSet<string> composites = new(set.Alarms.CompositeAlarms.Select(static alarm => alarm.AlarmName), StringComparer.Ordinal);
        await NameUsersAsync(composites, started, cancellationToken).ConfigureAwait(false);
    }

    private async Task PutAsync(
        string operation, string name, string json, IReadOnlyList<string>? drift, CancellationToken cancellationToken)
    {
        if (drift is { Count: 0 })
        {
            outcome.AddUnchanged(name);
        }
        else if (outcome.IsDenied(operation))
        {
            outcome.AddDenied(name, operation);
        }
        else
        {
            (SendResult result, _) = await caller.CallAsync(operation, json, cancellationToken).ConfigureAwait(false);
            if (result.Error != ErrorClass.None)
            {
                outcome.AddFailed(name, operation, result);
                return;
            }

            outcome.AddPut(name, _existing.ArnOf(name) is null ? null : drift ?? []);
        }
    }

    // The tags become those of the definition. Tags that AWS sets itself cannot be changed.
    private async Task AlignTagsAsync(
        string name, string arn, IReadOnlyDictionary<string, string> wanted, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, string>? present = await TagsOfAsync(name, arn, cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> missing = new(
            wanted.Where(tag => present is null || !present.TryGetValue(tag.Key, out string? value) || value != tag.Value));
        if (missing.Count > 0)
        {
            await CallForTagsAsync(name, TagResource, arn, json => AlarmDefinitionWriter.WriteTags(json, missing), cancellationToken)
                .ConfigureAwait(false);
        }

        string[] surplus = [.. present?.Keys.Where(
            key => !wanted.ContainsKey(key) && !key.StartsWith(ReservedTag, StringComparison.Ordinal)) ?? []];
        if (surplus.Length > 0)
        {
            await CallForTagsAsync(name, UntagResource, arn, json => JsonText.WriteTexts(json, "TagKeys", surplus), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyDictionary<string, string>?> TagsOfAsync(string name, string arn, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> content =
            await CallForTagsAsync(name, ListTags, arn, static _ => { }, cancellationToken).ConfigureAwait(false);
        if (content.IsEmpty)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            return document.RootElement.TryGetProperty("Tags", out JsonElement tags)
                ? tags.EnumerateArray().ToDictionary(
                    static tag => JsonTexts.Text(tag, "Key"), static tag => JsonTexts.Text(tag, "Value"), StringComparer.Ordinal)
                : new Dictionary<string, string>(StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            outcome.AddFailedTags(name, ListTags, exception.Message);
            return null;
        }
    }

    private async Task<ReadOnlyMemory<byte>> CallForTagsAsync(
        string name, string operation, string arn, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        if (outcome.IsDenied(operation))
        {
            outcome.AddFailedTags(name, operation, "");
            return default;
        }

        string input = JsonText.Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("ResourceARN", arn);
            write(json);
            json.WriteEndObject();
        });
        (SendResult result, ReadOnlyMemory<byte> content) =
            await caller.CallAsync(operation, input, cancellationToken).ConfigureAwait(false);
        if (result.Error != ErrorClass.None)
        {
            outcome.AddFailedTags(name, operation, $"{result.Code}: {result.Message}", result.Error == ErrorClass.Unauthorized);
        }

        return content;
    }

    // Alarms that are not there any more are forgotten.
    private async Task RemoveAsync(RecordedAlarm[] leftovers, bool deletes, CancellationToken cancellationToken)
    {
        RecordedAlarm[] there = [.. leftovers.Where(alarm => _existing.ArnOf(alarm.Name) is not null)];
        foreach (RecordedAlarm alarm in leftovers.Except(there))
        {
            outcome.AddGone(alarm.Name, isDeleted: false);
        }

        // A composite alarm is deleted alone, and before the alarms that it uses.
        foreach (RecordedAlarm[] group in there.Where(static alarm => alarm.IsComposite).Reverse().Select(static alarm => new[] { alarm })
            .Concat(there.Where(static alarm => !alarm.IsComposite).Chunk(MaxNames)))
        {
            SendResult result = SendResult.Delivered();
            string[] names = [.. group.Select(static alarm => alarm.Name)];
            if (deletes)
            {
                string input = JsonText.Write(json =>
                {
                    json.WriteStartObject();
                    JsonText.WriteTexts(json, "AlarmNames", names);
                    json.WriteEndObject();
                });
                (result, _) = await caller.CallAsync(DeleteAlarms, input, cancellationToken).ConfigureAwait(false);
            }

            foreach (string name in names)
            {
                if (deletes && result.Error == ErrorClass.None)
                {
                    outcome.AddGone(name, isDeleted: true);
                }
                else
                {
                    outcome.AddLeftover(name, result);
                }
            }
        }
    }

    private async Task NameUsersAsync(HashSet<string> composites, DateTimeOffset started, CancellationToken cancellationToken)
    {
        foreach (string alarm in outcome.Drifted.Take(MaxLookups))
        {
            if (_existing.UpdatedOf(alarm) is not { } updated)
            {
                continue;
            }

            string operation = composites.Contains(alarm) ? PutCompositeAlarm : PutMetricAlarm;
            string? user = await changes.FindUserAsync(operation, alarm, updated, started, cancellationToken).ConfigureAwait(false);
            outcome.SetChange(alarm, updated, user);
        }
    }

    // Returns whether all alarms were read.
    private async Task<bool> DescribeAsync(AlarmDefinitions alarms, RecordedAlarm[] leftovers, CancellationToken cancellationToken)
    {
        foreach (string[] names in Chunks(alarms, leftovers))
        {
            string input = JsonText.Write(json =>
            {
                json.WriteStartObject();
                JsonText.WriteTexts(json, "AlarmNames", names);
                JsonText.WriteTexts(json, "AlarmTypes", ["MetricAlarm", "CompositeAlarm"]);
                json.WriteEndObject();
            });
            (SendResult result, ReadOnlyMemory<byte> content) =
                await caller.CallAsync(DescribeAlarms, input, cancellationToken).ConfigureAwait(false);
            if (result.Error != ErrorClass.None)
            {
                outcome.AddNotDescribed(result.Code, result.Message);
                return false;
            }

            try
            {
                _existing.Add(content);
            }
            catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
            {
                outcome.AddNotDescribed("UnreadableAnswer", exception.Message);
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Names(AlarmDefinitions alarms) =>
        alarms.MetricAlarms.Select(static alarm => alarm.AlarmName)
            .Concat(alarms.CompositeAlarms.Select(static alarm => alarm.AlarmName));

    private static IEnumerable<string[]> Chunks(AlarmDefinitions alarms, RecordedAlarm[] leftovers)
    {
        List<string> names = [];
        int size = 0;
        foreach ((string name, int length) in alarms.MetricAlarms.Select(static alarm => (alarm.AlarmName, alarm.ToJson().Length))
            .Concat(alarms.CompositeAlarms.Select(static alarm => (alarm.AlarmName, alarm.ToJson().Length)))
            .Concat(leftovers.Select(static alarm => (alarm.Name, UnknownDefinition))))
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
}
