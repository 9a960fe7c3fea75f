using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Alarms.Exchange;

namespace CloudObserve.Monitoring.Alarms.Provisioning;

/// <summary>Contains the alarms that can be put into CloudWatch.</summary>
/// <param name="Alarms">The alarms, each composite alarm after those that it uses. Their actions are those of CloudWatch.</param>
/// <param name="Unsupported">The reasons why other alarms cannot be put, by name.</param>
internal sealed record ProvisionedSet(AlarmDefinitions Alarms, IReadOnlyDictionary<string, string> Unsupported)
{
    /// <summary>Gets the number of all alarms.</summary>
    internal int Count => Alarms.MetricAlarms.Count + Alarms.CompositeAlarms.Count + Unsupported.Count;

    /// <summary>Separates the alarms that CloudWatch can evaluate and tell of as this process does.</summary>
    /// <param name="alarms">All alarms.</param>
    /// <param name="actionsOf">Returns the actions in CloudWatch that take the place of an action, or <see langword="null"/> with the
    /// reason if there are none.</param>
    internal static ProvisionedSet Of(AlarmDefinitions alarms, Func<string, (IReadOnlyList<string>? Actions, string Reason)> actionsOf)
    {
        Dictionary<string, string> unsupported = new(StringComparer.Ordinal);
        List<AlarmDefinition> metric = [];
        foreach (AlarmDefinition alarm in alarms.MetricAlarms)
        {
            string? reason = alarm.MinimumSampleCount is null ? null : "CloudWatch does not know MinimumSampleCount";
            AlarmDefinition mapped = alarm with
            {
                OKActions = Map(alarm.OKActions, actionsOf, ref reason),
                AlarmActions = Map(alarm.AlarmActions, actionsOf, ref reason),
                InsufficientDataActions = Map(alarm.InsufficientDataActions, actionsOf, ref reason),
            };
            Add(metric, mapped, alarm.AlarmName, reason, unsupported);
        }

        List<CompositeAlarmDefinition> composite = [];
        foreach (CompositeAlarmDefinition alarm in alarms.InOrder().CompositeAlarms)
        {
            string? reason = AlarmSetRules.UsedBy(alarm).Select(static used => AlarmReference.Of(used).Name)
                .Where(unsupported.ContainsKey).Select(static used => $"it uses '{used}', which cannot be put").FirstOrDefault();
            CompositeAlarmDefinition mapped = alarm with
            {
                OKActions = Map(alarm.OKActions, actionsOf, ref reason),
                AlarmActions = Map(alarm.AlarmActions, actionsOf, ref reason),
                InsufficientDataActions = Map(alarm.InsufficientDataActions, actionsOf, ref reason),
            };
            Add(composite, mapped, alarm.AlarmName, reason, unsupported);
        }

        return new ProvisionedSet(new AlarmDefinitions { MetricAlarms = metric, CompositeAlarms = composite }, unsupported);
    }

    private static void Add<T>(List<T> alarms, T alarm, string name, string? reason, Dictionary<string, string> unsupported)
    {
        if (reason is null)
        {
            alarms.Add(alarm);
        }
        else
        {
            unsupported[name] = reason;
        }
    }

    private static IReadOnlyList<string> Map(
        IReadOnlyList<string> actions, Func<string, (IReadOnlyList<string>? Actions, string Reason)> actionsOf, ref string? reason)
    {
        List<string> mapped = [];
        foreach (string action in actions)
        {
            (IReadOnlyList<string>? found, string missing) = actionsOf(action);
            mapped.AddRange(found ?? []);
            reason ??= found is null ? missing : null;
        }

        return [.. mapped.Distinct(StringComparer.Ordinal)];
    }
}
