namespace CloudObserve.Monitoring;

/// <summary>Represents a metric alarm with its present state.</summary>
public sealed record MetricAlarm
{
    /// <summary>Gets the definition.</summary>
    /// <value><see cref="AlarmDefinition.ActionsEnabled"/> is the present value, also after
    /// <see cref="IAlarms.DisableAlarmActions"/>.</value>
    public required AlarmDefinition Definition { get; init; }

    /// <summary>Gets the ARN.</summary>
    public required string AlarmArn { get; init; }

    /// <summary>Gets the time of the last change of the definition.</summary>
    public required DateTimeOffset AlarmConfigurationUpdatedTimestamp { get; init; }

    /// <summary>Gets the state.</summary>
    public required AlarmState StateValue { get; init; }

    /// <summary>Gets the reason of the state as CloudWatch writes it.</summary>
    public required string StateReason { get; init; }

    /// <summary>Gets the reason of the state as JSON, as CloudWatch writes it.</summary>
    /// <value><see langword="null"/> if there is none.</value>
    public string? StateReasonData { get; init; }

    /// <summary>Gets the time since which the alarm is in the state.</summary>
    public required DateTimeOffset StateTransitionedTimestamp { get; init; }

    /// <summary>Gets the result of the last evaluation.</summary>
    /// <value><c>PARTIAL_DATA</c> if not all time series were evaluated, <c>EVALUATION_ERROR</c> if the definition cannot be evaluated on
    /// the data, <c>EVALUATION_FAILURE</c> if the evaluation failed; <see langword="null"/> if it succeeded.</value>
    public string? EvaluationState { get; init; }

    /// <summary>Gets a value indicating whether CloudWatch has the alarm as it is defined, and runs its actions instead of this
    /// process.</summary>
    /// <value>The default is <see langword="false"/>. The state is then that of this process only if another alarm needs it here, and
    /// otherwise <see cref="AlarmState.InsufficientData"/>.</value>
    public bool IsProvisioned { get; init; }
}
