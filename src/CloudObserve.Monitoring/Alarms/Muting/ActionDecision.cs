namespace CloudObserve.Monitoring.Alarms.Muting;

/// <summary>Represents the decision about the actions of a state.</summary>
/// <param name="Runs">Whether the actions run now.</param>
/// <param name="SuppressedBy">What holds them back.</param>
/// <param name="IsAfterMuteWindow">Whether a mute rule held them back until now.</param>
/// <param name="HeldUntil">The time to decide again if nothing changes; <see langword="null"/> if only a change can release them.</param>
internal readonly record struct ActionDecision(bool Runs, ActionSuppressor SuppressedBy, bool IsAfterMuteWindow, DateTimeOffset? HeldUntil);
