using CloudObserve.Monitoring.Alarms.Evaluation;
using CloudObserve.Monitoring.Alarms.History;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Represents a metric alarm with its state.</summary>
internal sealed class MetricAlarmEntry : AlarmEntry
{
    /// <param name="plan">The alarm.</param>
    /// <param name="arn">The ARN.</param>
    internal MetricAlarmEntry(AlarmPlan plan, string arn)
        : base(plan.Definition.AlarmName, arn) => (Plan, Definition) = (plan, plan.Definition);

    /// <summary>Gets or sets the alarm in the form that evaluations use.</summary>
    internal AlarmPlan Plan { get; set; }

    /// <summary>Gets or sets the definition with the present value of <see cref="AlarmDefinition.ActionsEnabled"/>.</summary>
    internal AlarmDefinition Definition { get; set; }

    /// <summary>Gets or sets the time series of an alarm over several; <see langword="null"/> if it never had more than one.</summary>
    internal Dictionary<string, AlarmContributor>? Contributors { get; set; }

    /// <summary>Gets or sets the result of the last evaluation; <see langword="null"/> if it succeeded.</summary>
    internal string? EvaluationState { get; set; }

    /// <inheritdoc/>
    internal override bool ActionsEnabled => Definition.ActionsEnabled;

    /// <inheritdoc/>
    internal override string Source => Plan.Definition.ToJson();

    /// <inheritdoc/>
    internal override IAlarmRecord ToRecord(AlarmSnapshot state) => new MetricAlarmRecord(Definition, Arn, ConfigurationUpdated, state);

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
