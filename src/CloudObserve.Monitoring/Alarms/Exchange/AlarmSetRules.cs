using CloudObserve.Monitoring.Alarms.Rules;

namespace CloudObserve.Monitoring.Alarms.Exchange;

/// <summary>Checks and orders the alarms of a set.</summary>
internal static class AlarmSetRules
{
    internal static IReadOnlyList<string> Faults(AlarmDefinitions alarms, string? region, string? account)
    {
        string[] names = [.. NamesOf(alarms)];
        List<string> faults = [];
        foreach (AlarmDefinition alarm in alarms.MetricAlarms)
        {
            faults.AddRange(alarm.Validate(region).Select(fault => Of(alarm.AlarmName, fault)));
        }

        HashSet<string> known = new(names, StringComparer.Ordinal);
        foreach (CompositeAlarmDefinition alarm in alarms.CompositeAlarms)
        {
            faults.AddRange(alarm.Validate(known, region, account).Select(fault => Of(alarm.AlarmName, fault)));
        }

        string[] repeated = [.. names.GroupBy(static name => name, StringComparer.Ordinal).Where(static group => group.Skip(1).Any())
            .Select(static group => group.Key)];
        faults.AddRange(repeated.Select(static name => Of(name, "the name is that of more than one alarm; it must be unique.")));
        if (repeated.Length == 0)
        {
            _ = Ordered(alarms, out IReadOnlyList<string> cycle);
            faults.AddRange(cycle.Count > 0 ? [Of(cycle[0], Circle(cycle))] : []);
        }

        return faults;
    }

    internal static AlarmDefinitions Order(AlarmDefinitions alarms)
    {
        Dictionary<string, CompositeAlarmDefinition> byName = new(StringComparer.Ordinal);
        foreach (CompositeAlarmDefinition alarm in alarms.CompositeAlarms)
        {
            if (!byName.TryAdd(alarm.AlarmName, alarm))
            {
                throw new InvalidOperationException($"Two composite alarms have the name '{alarm.AlarmName}'.");
            }
        }

        List<string> order = Ordered(alarms, out IReadOnlyList<string> cycle);
        return cycle.Count == 0
            ? alarms with { CompositeAlarms = [.. order.Select(name => byName[name])] }
            : throw new InvalidOperationException(Of(cycle[0], Circle(cycle)));
    }

    internal static IEnumerable<string> NamesOf(AlarmDefinitions alarms) =>
        alarms.MetricAlarms.Select(static alarm => alarm.AlarmName)
            .Concat(alarms.CompositeAlarms.Select(static alarm => alarm.AlarmName));

    /// <summary>Returns the alarms that a composite alarm uses: those of its rule and its suppressor, by name or ARN.</summary>
    /// <returns>The suppressor only, if the rule is invalid.</returns>
    internal static IReadOnlyList<string> UsedBy(CompositeAlarmDefinition alarm)
    {
        string[] suppressor = alarm.ActionsSuppressor is { } name ? [name] : [];
        try
        {
            return [.. AlarmRule.Parse(alarm.AlarmRule).Children, .. suppressor];
        }
        catch (AlarmRuleException)
        {
            // The validation of the alarm reports it.
            return suppressor;
        }
    }

    private static List<string> Ordered(AlarmDefinitions alarms, out IReadOnlyList<string> cycle) => CompositeOrder.Of(
        alarms.CompositeAlarms.ToDictionary(static alarm => alarm.AlarmName, UsedBy, StringComparer.Ordinal), out cycle);

    private static string Of(string name, string fault) => $"The alarm '{name}': {fault}";

    private static string Circle(IReadOnlyList<string> cycle) =>
        $"composite alarms must not use each other in a circle: {string.Join(" -> ", cycle.Select(static name => $"'{name}'"))}.";
}
