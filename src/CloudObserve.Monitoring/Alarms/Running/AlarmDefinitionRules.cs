using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Alarms.Rules;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Checks all definitions together.</summary>
internal static class AlarmDefinitionRules
{
    /// <summary>Returns all faults of a set.</summary>
    internal static List<AlarmFault> Faults(AlarmSet set, AlarmAccount account)
    {
        List<AlarmFault> faults = [];
        foreach ((string name, AlarmDefinition definition) in set.Metric)
        {
            Add(faults, name, definition.Validate(account.Region));
        }

        HashSet<string> names = set.Names;
        foreach ((string name, CompositeAlarmDefinition definition) in set.Composite)
        {
            Add(faults, name, definition.Validate(names, account.Region, account.AccountId));
            if (set.Metric.ContainsKey(name))
            {
                faults.Add(new AlarmFault(name, false, "AlarmName is the name of a metric alarm and of a composite alarm"));
            }
        }

        foreach ((string name, AlarmMuteRule rule) in set.MuteRules)
        {
            faults.AddRange(rule.Validate().Select(text => new AlarmFault(name, true, text)));
        }

        AddCycle(faults, set);
        return faults;
    }

    /// <summary>Returns the alarms that the rule and the suppressor of a composite alarm use.</summary>
    /// <remarks>A rule that cannot be parsed uses none.</remarks>
    internal static IReadOnlyList<string> ChildrenOf(CompositeAlarmDefinition definition)
    {
        try
        {
            IEnumerable<string> children = AlarmRule.Parse(definition.AlarmRule).Children;
            return [.. children.Concat(definition.ActionsSuppressor is { } suppressor ? [suppressor] : [])];
        }
        catch (AlarmRuleException)
        {
            return [];
        }
    }

    /// <summary>Changes a set to one without faults, next to another one without faults.</summary>
    /// <remarks>
    /// An alarm with a fault keeps the definition that it has, or does not come to exist. An alarm that others still use remains.
    /// </remarks>
    /// <param name="present">The present definitions.</param>
    /// <param name="wanted">The wanted definitions, which are changed.</param>
    /// <param name="account">The account.</param>
    /// <returns>The faults that were found.</returns>
    internal static List<AlarmFault> Repair(AlarmSet present, AlarmSet wanted, AlarmAccount account)
    {
        List<AlarmFault> found = [];
        HashSet<string> restored = new(StringComparer.Ordinal);
        while (Faults(wanted, account) is { Count: > 0 } faults)
        {
            bool isChanged = false;
            foreach (AlarmFault fault in faults)
            {
                isChanged |= fault.IsMuteRule ? RestoreRule(present, wanted, fault, found)
                    : Restore(present, wanted, fault, found, restored);
            }

            if (!isChanged)
            {
                // The present definitions are valid together, so this is reached only if a definition became invalid by itself.
                found.AddRange(faults);
                faults.ForEach(fault => Drop(wanted, fault));
            }
        }

        return found;
    }

    private static void Drop(AlarmSet set, AlarmFault fault)
    {
        if (fault.IsMuteRule)
        {
            _ = set.MuteRules.Remove(fault.Name);
            return;
        }

        set.Restore(fault.Name, new AlarmSet());
    }

    private static bool RestoreRule(AlarmSet present, AlarmSet wanted, AlarmFault fault, List<AlarmFault> found)
    {
        found.Add(fault);
        _ = wanted.MuteRules.Remove(fault.Name);
        if (present.MuteRules.TryGetValue(fault.Name, out AlarmMuteRule? rule))
        {
            wanted.MuteRules.Add(fault.Name, rule);
        }

        return true;
    }

    private static bool Restore(
        AlarmSet present, AlarmSet wanted, AlarmFault fault, List<AlarmFault> found, HashSet<string> restored)
    {
        if (restored.Add(fault.Name) && !IsSame(present, wanted, fault.Name))
        {
            found.Add(fault);
            wanted.Restore(fault.Name, present);
            return true;
        }

        // The alarm is as before, so the fault is that one of its alarms is to be deleted.
        bool isChanged = false;
        HashSet<string> names = wanted.Names;
        foreach (string child in wanted.Composite.TryGetValue(fault.Name, out CompositeAlarmDefinition? composite)
            ? ChildrenOf(composite).Select(static child => AlarmReference.Of(child).Name).Distinct() : [])
        {
            if (!names.Contains(child) && present.Names.Contains(child))
            {
                found.Add(new AlarmFault(child, false, DeletionRefused(child)));
                wanted.Restore(child, present);
                isChanged = true;
            }
        }

        return isChanged;
    }

    /// <summary>Returns CloudWatch's words for the deletion of an alarm that a composite alarm uses.</summary>
    internal static string DeletionRefused(string alarm) =>
        $"Cannot delete {alarm} as there are composite alarm(s) depending on it.";

    private static bool IsSame(AlarmSet present, AlarmSet wanted, string alarm) =>
        present.Composite.TryGetValue(alarm, out CompositeAlarmDefinition? before)
        && wanted.Composite.TryGetValue(alarm, out CompositeAlarmDefinition? after)
        && before.ToJson() == after.ToJson();

    private static void Add(List<AlarmFault> faults, string name, IEnumerable<string> texts) =>
        faults.AddRange(texts.Select(text => new AlarmFault(name, false, text)));

    private static void AddCycle(List<AlarmFault> faults, AlarmSet set)
    {
        Dictionary<string, IReadOnlyList<string>> children = set.Composite.ToDictionary(
            static pair => pair.Key, static pair => ChildrenOf(pair.Value), StringComparer.Ordinal);
        _ = CompositeOrder.Of(children, out IReadOnlyList<string> cycle);

        // A rule that uses its own alarm has been reported already.
        if (cycle.Count > 2)
        {
            string path = string.Join(" -> ", cycle);
            faults.AddRange(cycle.Skip(1).Select(name => new AlarmFault(
                name, false, $"A composite alarm cannot have a child relation with its parents, as it would introduce a circular dependency: {path}")));
        }
    }
}
