namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Represents what receives the notifications of a topic through the delivery channel.</summary>
internal abstract record TopicEndpoint
{
    /// <summary>Returns the broken rules: the member, and the rule. Secret values are not part of them.</summary>
    internal abstract IEnumerable<(string Member, string Rule)> Faults();
}
