using System.Text.Json;
using CloudObserve.Monitoring.Alarms.Definitions;

namespace CloudObserve.Monitoring.Alarms.Exchange;

/// <summary>Reads alarms from the answer of DescribeAlarms, from an input of the API, or from a CloudFormation template.</summary>
/// <remarks>Each alarm is read alone, so that one that cannot be read costs itself only.</remarks>
internal sealed class AlarmImport
{
    private const int MaxTextLength = 64 * 1024 * 1024;

    // A template may have other resources, which are read over.
    private const int MaxDepth = 64;

    private const string LogAlarms = "LogAlarms";
    private const string NextToken = "NextToken";

    // What DescribeAlarms says about an alarm beyond its definition.
    private static readonly string[] StateMembers =
    [
        "AlarmArn", "AlarmConfigurationUpdatedTimestamp", "StateValue", "StateReason", "StateReasonData", "StateUpdatedTimestamp",
        "StateTransitionedTimestamp", "EvaluationState", "ActionsSuppressedBy", "ActionsSuppressedReason",
    ];

    private readonly List<AlarmDefinition> _metric = [];
    private readonly List<CompositeAlarmDefinition> _composite = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];
    private bool _isDescribed;

    private AlarmImport()
    {
    }

    internal static AlarmDefinitions Read(string json, out IReadOnlyList<string> notes)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > MaxTextLength)
        {
            throw new FormatException($"The input has {json.Length} characters, but it may have at most {MaxTextLength}.");
        }

        using JsonDocument document = JsonMembers.Parse(json, MaxDepth);
        AlarmImport import = new();
        try
        {
            import.ReadRoot(document.RootElement);
        }
        catch (InvalidOperationException exception)
        {
            // The parser accepts half of a surrogate pair as an escape, but gives no text for it.
            throw new FormatException("The input has a text that is not valid Unicode.", exception);
        }

        import.TellMissing();
        notes = import._notes;
        return new AlarmDefinitions { MetricAlarms = import._metric, CompositeAlarms = import._composite };
    }

    private void ReadRoot(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Object)
        {
            if (root.TryGetProperty(CloudFormationTemplate.Resources, out JsonElement resources)
                && resources.ValueKind == JsonValueKind.Object)
            {
                ReadTemplate(resources);
                return;
            }

            if (root.TryGetProperty(AlarmInputs.MetricAlarms, out _) || root.TryGetProperty(AlarmInputs.CompositeAlarms, out _))
            {
                ReadAnswer(root);
                return;
            }

            if (root.TryGetProperty("AlarmName", out _))
            {
                Add(root, null, root.TryGetProperty("AlarmRule", out _), null);
                return;
            }
        }

        throw new FormatException(
            $"The input must be what 'aws cloudwatch describe-alarms' prints, an object with {AlarmInputs.MetricAlarms} or "
                + $"{AlarmInputs.CompositeAlarms}, or a CloudFormation template in JSON.");
    }

    private void ReadAnswer(JsonElement answer)
    {
        foreach (JsonProperty member in answer.EnumerateObject())
        {
            switch (member.Name)
            {
                case AlarmInputs.MetricAlarms:
                    ReadList(member, isComposite: false);
                    break;
                case AlarmInputs.CompositeAlarms:
                    ReadList(member, isComposite: true);
                    break;
                case LogAlarms when member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() == 0:
                    break;
                case LogAlarms:
                    _notes.Add("LogAlarms are not supported and were left out.");
                    break;
                case NextToken:
                    _notes.Add("The answer has a NextToken, so it does not have all alarms.");
                    break;
                default:
                    _notes.Add($"The member {member.Name} is unknown and was not carried over.");
                    break;
            }
        }
    }

    private void ReadList(JsonProperty list, bool isComposite)
    {
        if (list.Value.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"{list.Name} must be a list.");
        }

        foreach (JsonElement alarm in list.Value.EnumerateArray())
        {
            Add(alarm, null, isComposite, null);
        }
    }

    private void ReadTemplate(JsonElement resources)
    {
        foreach (JsonProperty resource in resources.EnumerateObject())
        {
            string? type = TextOf(resource.Value, "Type");
            switch (type)
            {
                case CloudFormationTemplate.Alarm or CloudFormationTemplate.CompositeAlarm
                    when resource.Value.TryGetProperty(CloudFormationTemplate.Properties, out JsonElement properties):
                    Add(
                        properties, resource.Name, type == CloudFormationTemplate.CompositeAlarm,
                        CloudFormationTemplate.MinimumSampleCountOf(resource.Value));
                    break;
                case CloudFormationTemplate.AnomalyDetector:
                    // The detector of a band is made again from the alarm.
                    break;
                default:
                    _notes.Add($"The resource {resource.Name} of the type {type ?? "(none)"} is no alarm and was left out.");
                    break;
            }
        }
    }

    /// <param name="alarm">The members of the alarm.</param>
    /// <param name="otherwise">The name of an alarm that has none, as in a template.</param>
    /// <param name="isComposite">Whether it is a composite alarm.</param>
    /// <param name="minimumSampleCount">The member that CloudWatch does not know.</param>
    private void Add(JsonElement alarm, string? otherwise, bool isComposite, int? minimumSampleCount)
    {
        string name = TextOf(alarm, "AlarmName") ?? otherwise ?? "";
        _isDescribed |= TextOf(alarm, "AlarmArn") is not null;
        List<string> unknown = [];
        try
        {
            IReadOnlyList<string> faults;
            if (isComposite)
            {
                CompositeAlarmDefinition composite =
                    Read(alarm, CompositeAlarmJson.Read, unknown) with { AlarmName = name };
                faults = Faults(composite);
                Keep(_composite, composite, name, faults);
            }
            else
            {
                AlarmDefinition metric = Read(alarm, AlarmDefinitionReader.Read, unknown) with { AlarmName = name };
                metric = metric with { MinimumSampleCount = minimumSampleCount ?? metric.MinimumSampleCount };
                faults = metric.Validate();
                Keep(_metric, metric, name, faults);
            }

            if (faults.Count == 0)
            {
                _notes.AddRange(unknown.Select(member => $"The alarm '{name}': {member} is unknown and was not carried over."));
            }
        }
        catch (FormatException exception)
        {
            LeaveOut(name, exception.Message.Split('\n'));
        }
    }

    private static T Read<T>(JsonElement alarm, Func<JsonMembers, T> read, List<string> unknown) => JsonMembers.Read(
        alarm.GetRawText(),
        members =>
        {
            members.Ignore(StateMembers);
            return read(members);
        },
        unknown);

    // The alarms of its rule may be elsewhere. Missing ones are told at the end.
    private static IReadOnlyList<string> Faults(CompositeAlarmDefinition composite) =>
        composite.Validate([.. AlarmSetRules.UsedBy(composite).Select(static used => AlarmReference.Of(used).Name)]);

    private void Keep<T>(List<T> alarms, T alarm, string name, IReadOnlyList<string> faults)
    {
        if (faults.Count > 0)
        {
            LeaveOut(name, faults);
        }
        else if (_names.Add(name))
        {
            alarms.Add(alarm);
        }
        else
        {
            LeaveOut(name, ["an alarm of this name came before."]);
        }
    }

    private void LeaveOut(string name, IEnumerable<string> faults) =>
        _notes.AddRange(faults.Select(fault => $"The alarm '{name}' was left out: {fault}"));

    private void TellMissing()
    {
        if (_isDescribed)
        {
            _notes.Add("DescribeAlarms does not give tags, so none were carried over.");
        }

        foreach (CompositeAlarmDefinition composite in _composite)
        {
            string[] missing = [.. AlarmSetRules.UsedBy(composite).Select(static used => AlarmReference.Of(used).Name).Distinct()
                .Where(used => !_names.Contains(used))];
            if (missing.Length > 0)
            {
                string names = string.Join(", ", missing.Select(static used => $"'{used}'"));
                _notes.Add($"The composite alarm '{composite.AlarmName}' uses alarms that the input does not have: {names}.");
            }
        }
    }

    private static string? TextOf(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member)
        && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
