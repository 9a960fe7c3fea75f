namespace CloudObserve.Monitoring;

/// <summary>Represents a composite alarm with its present state.</summary>
public sealed record CompositeAlarm
{
    /// <summary>Gets the definition.</summary>
    /// <value><see cref="CompositeAlarmDefinition.ActionsEnabled"/> is the present value, also after
    /// <see cref="IAlarms.DisableAlarmActions"/>.</value>
    public required CompositeAlarmDefinition Definition { get; init; }

    /// <inheritdoc cref="MetricAlarm.AlarmArn"/>
    public required string AlarmArn { get; init; }

    /// <inheritdoc cref="MetricAlarm.AlarmConfigurationUpdatedTimestamp"/>
    public required DateTimeOffset AlarmConfigurationUpdatedTimestamp { get; init; }

    /// <inheritdoc cref="MetricAlarm.StateValue"/>
    public required AlarmState StateValue { get; init; }

    /// <inheritdoc cref="MetricAlarm.StateReason"/>
    public required string StateReason { get; init; }

    /// <inheritdoc cref="MetricAlarm.StateReasonData"/>
    public string? StateReasonData { get; init; }

    /// <inheritdoc cref="MetricAlarm.StateTransitionedTimestamp"/>
    public required DateTimeOffset StateTransitionedTimestamp { get; init; }

    /// <summary>Gets the cause that holds back the actions of the state.</summary>
    /// <value><c>WaitPeriod</c>, <c>ExtensionPeriod</c> or <c>Alarm</c>; <see langword="null"/> if nothing does.</value>
    public string? ActionsSuppressedBy { get; init; }

    /// <summary>Gets the reason why the actions are held back.</summary>
    /// <value>For example <c>Actions suppressed by WaitPeriod</c>; <see langword="null"/> if they are not.</value>
    public string? ActionsSuppressedReason { get; init; }

    /// <inheritdoc cref="MetricAlarm.IsProvisioned"/>
    public bool IsProvisioned { get; init; }
}
