namespace CloudObserve.Monitoring;

/// <summary>Represents a change of an alarm's state.</summary>
/// <param name="Time">The time of the evaluation that changed the state.</param>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="Reason">The reason as CloudWatch writes it (<c>StateReason</c>).</param>
/// <param name="ReasonData">The reason as JSON as CloudWatch writes it (<c>StateReasonData</c>).</param>
public sealed record AlarmTransition(DateTimeOffset Time, AlarmState From, AlarmState To, string Reason, string ReasonData);
