using System.Text;
using System.Text.Json;

namespace CloudObserve.Monitoring.Alarms.Provisioning;

/// <summary>Holds the alarms that CloudWatch has.</summary>
internal sealed class ExistingAlarms
{
    // The year 9999.
    private const double MaxSeconds = 253_000_000_000;

    private readonly Dictionary<string, AlarmDefinition> _metric = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CompositeAlarmDefinition> _composite = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _arns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _updated = new(StringComparer.Ordinal);

    /// <summary>Adds an answer of DescribeAlarms.</summary>
    /// <exception cref="FormatException">The answer cannot be read.</exception>
    internal void Add(ReadOnlyMemory<byte> answer)
    {
        AlarmDefinitions alarms = AlarmDefinitions.Import(Encoding.UTF8.GetString(answer.Span), out _);
        foreach (AlarmDefinition alarm in alarms.MetricAlarms)
        {
            _metric[alarm.AlarmName] = alarm;
        }

        foreach (CompositeAlarmDefinition alarm in alarms.CompositeAlarms)
        {
            _composite[alarm.AlarmName] = alarm;
        }

        using JsonDocument document = JsonDocument.Parse(answer);
        foreach (string list in new[] { "MetricAlarms", "CompositeAlarms" })
        {
            if (document.RootElement.TryGetProperty(list, out JsonElement items))
            {
                AddArns(items);
            }
        }
    }

    /// <summary>Returns the ARN of an alarm, also of one whose definition cannot be read.</summary>
    /// <returns><see langword="null"/> if there is no such alarm.</returns>
    internal string? ArnOf(string name) => _arns.GetValueOrDefault(name);

    /// <summary>Returns the time of the last change of an alarm.</summary>
    /// <returns><see langword="null"/> if it is not known.</returns>
    internal DateTimeOffset? UpdatedOf(string name) => _updated.TryGetValue(name, out DateTimeOffset time) ? time : null;

    /// <summary>Returns the members in which an alarm differs.</summary>
    /// <returns><see langword="null"/> if there is no such alarm of its kind that can be read.</returns>
    internal IReadOnlyList<string>? DriftOf(AlarmDefinition alarm) =>
        _metric.TryGetValue(alarm.AlarmName, out AlarmDefinition? found) ? AlarmDrift.Members(alarm, found) : null;

    /// <inheritdoc cref="DriftOf(AlarmDefinition)"/>
    internal IReadOnlyList<string>? DriftOf(CompositeAlarmDefinition alarm) =>
        _composite.TryGetValue(alarm.AlarmName, out CompositeAlarmDefinition? found) ? AlarmDrift.Members(alarm, found) : null;

    private void AddArns(JsonElement alarms)
    {
        foreach (JsonElement alarm in alarms.EnumerateArray())
        {
            if (alarm.TryGetProperty("AlarmName", out JsonElement name) && alarm.TryGetProperty("AlarmArn", out JsonElement arn))
            {
                _arns[name.GetString() ?? ""] = arn.GetString() ?? "";
                if (alarm.TryGetProperty("AlarmConfigurationUpdatedTimestamp", out JsonElement updated)
                    && updated.ValueKind == JsonValueKind.Number && updated.TryGetDouble(out double seconds)
                    && Math.Abs(seconds) < MaxSeconds)
                {
                    _updated[name.GetString() ?? ""] = DateTimeOffset.UnixEpoch.AddSeconds(seconds);
                }
            }
        }
    }
}
