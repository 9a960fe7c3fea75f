namespace CloudObserve.Monitoring;

/// <summary>The parameters of <see cref="IAlarms.SetAlarmState"/>.</summary>
public sealed record SetAlarmStateRequest
{
    /// <summary>Gets the name of the alarm.</summary>
    public required string AlarmName { get; init; }

    /// <summary>Gets the state.</summary>
    /// <value><c>OK</c>, <c>ALARM</c> or <c>INSUFFICIENT_DATA</c>.</value>
    public required string StateValue { get; init; }

    /// <summary>Gets the reason.</summary>
    /// <value>At most 1,023 characters. It may be empty.</value>
    public required string StateReason { get; init; }

    /// <summary>Gets the reason as JSON.</summary>
    /// <value>At most 4,000 characters. The default is <see langword="null"/>.</value>
    public string? StateReasonData { get; init; }
}
