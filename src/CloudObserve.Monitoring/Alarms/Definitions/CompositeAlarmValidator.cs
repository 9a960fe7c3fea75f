namespace CloudObserve.Monitoring.Alarms.Definitions;

/// <summary>Checks composite alarms as PutCompositeAlarm does, and words the faults as it does.</summary>
internal static class CompositeAlarmValidator
{
    private const int MaxSuppressor = 1600;

    internal static IReadOnlyList<string> Validate(
        CompositeAlarmDefinition definition, IReadOnlyCollection<string> alarms, string? region, string? account)
    {
        ArgumentNullException.ThrowIfNull(alarms);
        List<string> faults = [];
        if (Violations(definition) is { } violations)
        {
            faults.Add(violations);
        }

        faults.AddRange(RuleFaults(definition, alarms, region, account));
        faults.AddRange(SuppressorFaults(definition, alarms, region, account));
        faults.AddRange(ActionArns.Faults(definition, region));
        return faults;
    }

    private static string? Violations(CompositeAlarmDefinition definition)
    {
        Constraints constraints = new();
        constraints.RequiredLength("alarmName", definition.AlarmName, AlarmConstraints.MaxName);
        constraints.Required("alarmRule", definition.AlarmRule.Length > 0);
        constraints.Length("alarmDescription", definition.AlarmDescription, 0, AlarmConstraints.MaxDescription);
        AlarmConstraints.CheckActions(constraints, definition.OKActions, definition.AlarmActions, definition.InsufficientDataActions);
        constraints.Length("actionsSuppressor", definition.ActionsSuppressor, 1, MaxSuppressor);
        AlarmConstraints.CheckTags(constraints, definition.Tags);
        return constraints.Message();
    }

    private static IEnumerable<string> RuleFaults(
        CompositeAlarmDefinition definition, IReadOnlyCollection<string> alarms, string? region, string? account)
    {
        if (definition.AlarmRule.Length == 0)
        {
            return [];
        }

        try
        {
            IReadOnlyList<string> children = AlarmRule.Parse(definition.AlarmRule).Children;
            return ReferenceFaults(definition.AlarmName, children, alarms, region, account, ("AlarmRule", "alarm rule"));
        }
        catch (AlarmRuleException exception)
        {
            return [exception.Message];
        }
    }

    private static IEnumerable<string> SuppressorFaults(
        CompositeAlarmDefinition definition, IReadOnlyCollection<string> alarms, string? region, string? account)
    {
        if (definition.ActionsSuppressor is not { } suppressor)
        {
            return WaitWithoutSuppressor(definition);
        }

        List<string> faults = [];
        faults.AddRange(PeriodFaults(nameof(definition.ActionsSuppressorWaitPeriod), definition.ActionsSuppressorWaitPeriod));
        faults.AddRange(PeriodFaults(nameof(definition.ActionsSuppressorExtensionPeriod), definition.ActionsSuppressorExtensionPeriod));
        faults.AddRange(
            ReferenceFaults(definition.AlarmName, [suppressor], alarms, region, account, ("ActionsSuppressor", "actions suppressor")));
        return faults;
    }

    private static IEnumerable<string> WaitWithoutSuppressor(CompositeAlarmDefinition definition)
    {
        if (definition.ActionsSuppressorWaitPeriod is not null)
        {
            yield return "ActionsSuppressorWaitPeriod requires an ActionSuppressor";
        }

        if (definition.ActionsSuppressorExtensionPeriod is not null)
        {
            yield return "ActionsSuppressorExtensionPeriod requires an ActionSuppressor";
        }
    }

    private static IEnumerable<string> PeriodFaults(string name, TimeSpan? period) => period switch
    {
        null => [$"{name} must not be null"],
        { Ticks: < 0 } => [$"{name} must not be negative"],
        _ => [],
    };

    private static IEnumerable<string> ReferenceFaults(
        string self,
        IReadOnlyList<string> names,
        IReadOnlyCollection<string> alarms,
        string? region,
        string? account,
        (string Member, string Words) place)
    {
        AlarmReference[] references = [.. names.Select(AlarmReference.Of)];
        if (References(references, static reference => reference.Account, account))
        {
            yield return "A composite alarm cannot have a child relation with alarms from another AWS account";
            yield break;
        }

        if (References(references, static reference => reference.Region, region))
        {
            yield return "A composite alarm cannot have a child relation with alarms from another AWS region";
            yield break;
        }

        if (references.Any(reference => reference.Name == self))
        {
            yield return $"A composite alarm cannot have a child relation with itself via its {place.Member}, "
                + "as it would introduce a circular dependency";
        }

        string[] missing = [.. references.Where(reference => reference.Name != self && !alarms.Contains(reference.Name))
            .Select(reference => reference.ToArn(region, account)).Distinct()];
        if (missing.Length > 0)
        {
            yield return $"Could not save the composite alarm as alarms [{string.Join(", ", missing)}] in the {place.Words} do not exist";
        }
    }

    // Returns whether ARNs belong to another region or account than the alarm, or to different ones if its own is not known.
    private static bool References(AlarmReference[] references, Func<AlarmReference, string?> part, string? own)
    {
        string[] parts = [.. references.Select(part).OfType<string>().Distinct()];
        return own is null ? parts.Length > 1 : parts.Any(other => other != own);
    }
}
