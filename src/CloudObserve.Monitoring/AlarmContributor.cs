namespace CloudObserve.Monitoring;

/// <summary>Represents one of the time series of an alarm over several time series.</summary>
/// <param name="ContributorId">The id: the label of the time series.</param>
/// <param name="StateValue">The state of the time series.</param>
/// <param name="StateReason">The reason of the state.</param>
/// <param name="StateTransitionedTimestamp">The time since which the time series is in the state.</param>
public sealed record AlarmContributor(
    string ContributorId, AlarmState StateValue, string StateReason, DateTimeOffset StateTransitionedTimestamp);
