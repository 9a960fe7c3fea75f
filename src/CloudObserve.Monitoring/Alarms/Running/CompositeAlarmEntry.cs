using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Alarms.History;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Represents a composite alarm with its state.</summary>
internal sealed class CompositeAlarmEntry : AlarmEntry
{
    /// <param name="definition">The alarm.</param>
    /// <param name="arn">The ARN.</param>
    internal CompositeAlarmEntry(CompositeAlarmDefinition definition, string arn)
        : base(definition.AlarmName, arn)
    {
        SourceDefinition = definition;
        Definition = definition;
        Rule = AlarmRule.Parse(definition.AlarmRule);
    }

    /// <summary>Gets or sets the definition with the present value of <see cref="CompositeAlarmDefinition.ActionsEnabled"/>.</summary>
    internal CompositeAlarmDefinition Definition { get; set; }

    /// <summary>Gets or sets the definition as it was defined.</summary>
    internal CompositeAlarmDefinition SourceDefinition { get; set; }

    internal AlarmRule Rule { get; set; }

    /// <summary>Gets or sets the alarms of the rule, in its order. One that does not exist is <see langword="null"/>.</summary>
    internal AlarmEntry?[] Children { get; set; } = [];

    /// <summary>Gets or sets the alarm that suppresses the actions.</summary>
    internal AlarmEntry? Suppressor { get; set; }

    /// <summary>Gets or sets the reason to evaluate the rule although no alarm of it changed: <c>created</c> or <c>updated</c>.</summary>
    internal string? Changed { get; set; }

    /// <inheritdoc/>
    internal override bool ActionsEnabled => Definition.ActionsEnabled;

    /// <inheritdoc/>
    internal override string Source => SourceDefinition.ToJson();

    /// <summary>Gets the wait period and the extension period of the suppressor.</summary>
    internal (TimeSpan Wait, TimeSpan Extension) Periods => (
        Definition.ActionsSuppressorWaitPeriod ?? TimeSpan.Zero, Definition.ActionsSuppressorExtensionPeriod ?? TimeSpan.Zero);

    /// <summary>Gets the name of the suppressor; <see langword="null"/> if there is none.</summary>
    internal string? SuppressorName => Definition.ActionsSuppressor is { } suppressor ? AlarmReference.Of(suppressor).Name : null;

    /// <inheritdoc/>
    internal override IAlarmRecord ToRecord(AlarmSnapshot state) => new CompositeAlarmRecord(Definition, Arn, ConfigurationUpdated, state);

    /// <inheritdoc/>
    internal override IReadOnlyList<string> ActionsOf(AlarmState state) => state switch
    {
        AlarmState.Ok => Definition.OKActions,
        AlarmState.Alarm => Definition.AlarmActions,
        _ => Definition.InsufficientDataActions,
    };

    /// <inheritdoc/>
    internal override void SetActionsEnabled(bool isEnabled) => Definition = Definition with { ActionsEnabled = isEnabled };
}
