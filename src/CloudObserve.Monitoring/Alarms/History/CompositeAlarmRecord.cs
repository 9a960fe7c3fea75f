using System.Text.Json.Nodes;

namespace CloudObserve.Monitoring.Alarms.History;

/// <summary>Represents a composite alarm as entries of histories describe it.</summary>
/// <remarks>CloudWatch's form of these entries is not recorded. The names follow those of metric alarms.</remarks>
/// <param name="Definition">The definition.</param>
/// <param name="Arn">The ARN.</param>
/// <param name="ConfigurationUpdated">The time of the last change of the definition.</param>
/// <param name="State">The state.</param>
internal sealed record CompositeAlarmRecord(
    CompositeAlarmDefinition Definition, string Arn, DateTimeOffset ConfigurationUpdated, AlarmSnapshot State)
    : IAlarmRecord
{
    /// <inheritdoc/>
    public string AlarmName => Definition.AlarmName;

    /// <inheritdoc/>
    public JsonObject Members()
    {
        JsonObject members = new()
        {
            ["alarmName"] = Definition.AlarmName,
            ["alarmArn"] = Arn,
            ["alarmConfigurationUpdatedTimestamp"] = AlarmTimes.ToDocument(ConfigurationUpdated),
        };
        if (Definition.AlarmDescription is { } description)
        {
            members["alarmDescription"] = description;
        }

        members["alarmRule"] = Definition.AlarmRule;
        if (Definition.ActionsSuppressor is { } suppressor)
        {
            members["actionsSuppressor"] = suppressor;
            members["actionsSuppressorWaitPeriod"] = (long?)Definition.ActionsSuppressorWaitPeriod?.TotalSeconds;
            members["actionsSuppressorExtensionPeriod"] = (long?)Definition.ActionsSuppressorExtensionPeriod?.TotalSeconds;
        }

        members["stateValue"] = AlarmStates.ToName(State.State);
        members["stateUpdatedTimestamp"] = AlarmTimes.ToDocument(State.Updated);
        members["actionsEnabled"] = Definition.ActionsEnabled;
        members["alarmActions"] = MetricAlarmRecord.Texts(Definition.AlarmActions);
        members["insufficientDataActions"] = MetricAlarmRecord.Texts(Definition.InsufficientDataActions);
        members["okactions"] = MetricAlarmRecord.Texts(Definition.OKActions);
        return members;
    }
}
