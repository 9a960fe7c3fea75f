namespace CloudObserve.Testing;

/// <summary>Represents a notification in an <see cref="AlarmScenario"/>.</summary>
/// <param name="Time">The time at which it was sent.</param>
/// <param name="AlarmName">The name of the alarm.</param>
/// <param name="Topic">The name of the topic.</param>
/// <param name="Subject">The subject, such as <c>ALARM: "cart-p99" in EU (Ireland)</c>.</param>
public sealed record AlarmScenarioNotification(DateTimeOffset Time, string AlarmName, string Topic, string Subject);
