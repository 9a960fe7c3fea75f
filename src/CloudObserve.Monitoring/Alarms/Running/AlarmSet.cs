namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Contains the definitions of all alarms and mute rules, by name.</summary>
internal sealed class AlarmSet
{
    internal Dictionary<string, AlarmDefinition> Metric { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, CompositeAlarmDefinition> Composite { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, AlarmMuteRule> MuteRules { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets the names of all alarms.</summary>
    internal HashSet<string> Names => new(Metric.Keys.Concat(Composite.Keys), StringComparer.Ordinal);

    internal AlarmSet Copy()
    {
        AlarmSet copy = new();
        foreach ((string name, AlarmDefinition definition) in Metric)
        {
            copy.Metric.Add(name, definition);
        }

        foreach ((string name, CompositeAlarmDefinition definition) in Composite)
        {
            copy.Composite.Add(name, definition);
        }

        foreach ((string name, AlarmMuteRule rule) in MuteRules)
        {
            copy.MuteRules.Add(name, rule);
        }

        return copy;
    }

    /// <summary>Gives an alarm the definition that it has in another set, or none.</summary>
    internal void Restore(string alarm, AlarmSet other)
    {
        _ = Metric.Remove(alarm);
        _ = Composite.Remove(alarm);
        if (other.Metric.TryGetValue(alarm, out AlarmDefinition? metric))
        {
            Metric.Add(alarm, metric);
        }

        if (other.Composite.TryGetValue(alarm, out CompositeAlarmDefinition? composite))
        {
            Composite.Add(alarm, composite);
        }
    }
}
