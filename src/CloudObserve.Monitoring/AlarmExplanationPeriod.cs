namespace CloudObserve.Monitoring;

/// <summary>Represents a period that an evaluation read.</summary>
/// <param name="Datapoint">The datapoint of the period.</param>
/// <param name="Use">The use of the period.</param>
public readonly record struct AlarmExplanationPeriod(AlarmDatapoint Datapoint, AlarmDatapointUse Use);
