using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Alarms.Evaluation;
using CloudObserve.Monitoring.Alarms.History;
using CloudObserve.Monitoring.Alarms.Muting;
using CloudObserve.Monitoring.Alarms.Rules;
using CloudObserve.Monitoring.Alarms.Storage;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <content>Creates, changes and deletes alarms.</content>
internal sealed partial class AlarmTable
{
    /// <summary>Continues with the alarms of an earlier process.</summary>
    /// <remarks>Alarms that are not defined any more are deleted by the next call of <see cref="Replace"/>.</remarks>
    internal void Load(StoredState stored)
    {
        lock (_lock)
        {
            foreach (AlarmHistoryItem item in stored.History)
            {
                _history.Add(item);
            }

            foreach (StoredAlarm alarm in stored.Alarms.Values)
            {
                switch (Restored(alarm))
                {
                    case MetricAlarmEntry metric:
                        _metric[metric.Name] = metric;
                        break;
                    case CompositeAlarmEntry composite:
                        _composite[composite.Name] = composite;
                        break;
                    default:
                        _deleted.Add(alarm.Name);
                        break;
                }
            }
        }
    }

    /// <summary>Replaces all definitions. Alarms whose definition remains go on undisturbed.</summary>
    /// <param name="set">Valid definitions.</param>
    /// <param name="provisioned">The alarms that CloudWatch has.</param>
    /// <param name="now">The time.</param>
    /// <returns>The metric alarms that are evaluated here, and the number of alarms that were created, changed or deleted.</returns>
    internal (MetricAlarmEntry[] Alarms, int Changes) Replace(AlarmSet set, IReadOnlySet<string> provisioned, DateTimeOffset now)
    {
        // Plans and rules are made before the lock is taken.
        Dictionary<string, AlarmPlan> plans = set.Metric.ToDictionary(
            static pair => pair.Key, static pair => AlarmPlan.Of(pair.Value), StringComparer.Ordinal);
        Dictionary<string, MuteWindow> rules = set.MuteRules.ToDictionary(
            static pair => pair.Key, static pair => MuteWindow.Of(pair.Value), StringComparer.Ordinal);
        Dictionary<string, CompositeAlarmEntry> composites = set.Composite.ToDictionary(
            static pair => pair.Key, pair => NewEntry(pair.Value, now), StringComparer.Ordinal);
        lock (_lock)
        {
            int changes = Delete_NeedsLock(set, now);
            foreach (AlarmPlan plan in plans.Values)
            {
                changes += Put_NeedsLock(plan, now) ? 1 : 0;
            }

            foreach (CompositeAlarmEntry composite in composites.Values)
            {
                changes += Put_NeedsLock(composite, now) ? 1 : 0;
            }

            _muteRules.Clear();
            foreach ((string name, MuteWindow rule) in rules)
            {
                _muteRules.Add(name, rule);
            }

            Link_NeedsLock(set);
            Provision_NeedsLock(provisioned, now);
            return ([.. _metric.Values.Where(static alarm => !alarm.IsOff)], changes);
        }
    }

    private AlarmEntry? Restored(StoredAlarm stored)
    {
        try
        {
            AlarmEntry entry = stored.IsComposite
                ? NewEntry(CompositeAlarmDefinition.Parse(stored.Definition), stored.ConfigurationUpdated)
                : NewEntry(AlarmPlan.Of(AlarmDefinition.Parse(stored.Definition)), stored.ConfigurationUpdated);
            entry.State = stored.State.Reason == AlarmReason.Provisioned
                ? stored.State with { Reason = AlarmReason.Initial } : stored.State;
            entry.Actions = stored.Actions;
            if (stored.ActionsEnabled != entry.ActionsEnabled)
            {
                entry.SetActionsEnabled(stored.ActionsEnabled);
            }

            if (entry is MetricAlarmEntry metric && stored.Contributors.Count > 0)
            {
                metric.Contributors = stored.Contributors.DistinctBy(static c => c.ContributorId)
                    .ToDictionary(static c => c.ContributorId, StringComparer.Ordinal);
            }

            if (entry is CompositeAlarmEntry composite)
            {
                composite.Changed = null;
            }

            return entry;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            // Another version of the library wrote a definition that this one refuses. The alarm begins anew.
            return null;
        }
    }

    private int Delete_NeedsLock(AlarmSet set, DateTimeOffset now)
    {
        AlarmEntry[] gone =
        [
            .. _metric.Values.Where(alarm => !set.Metric.ContainsKey(alarm.Name)),
            .. _composite.Values.Where(alarm => !set.Composite.ContainsKey(alarm.Name)),
        ];
        foreach (AlarmEntry alarm in gone)
        {
            _ = alarm is MetricAlarmEntry ? _metric.Remove(alarm.Name) : _composite.Remove(alarm.Name);
            _ = _held.Remove(alarm);
            _ = _changed.Remove(alarm);
            _ = _unstored.Remove(alarm);
            _deleted.Add(alarm.Name);
            alarm.ConfigurationUpdated = now;
            AddHistory_NeedsLock(AlarmHistory.Deleted(alarm.ToRecord()));
        }

        return gone.Length;
    }

    private MetricAlarmEntry NewEntry(AlarmPlan plan, DateTimeOffset now) => new(plan, _account.AlarmArn(plan.Definition.AlarmName))
    {
        State = new AlarmSnapshot(AlarmState.InsufficientData, AlarmReason.Initial, null, now),
        ConfigurationUpdated = now,
    };

    private CompositeAlarmEntry NewEntry(CompositeAlarmDefinition definition, DateTimeOffset now) =>
        new(definition, _account.AlarmArn(definition.AlarmName))
        {
            State = new AlarmSnapshot(AlarmState.InsufficientData, CompositeEvaluation.Initial, null, now),
            ConfigurationUpdated = now,
            Changed = "created",
        };

    private bool Put_NeedsLock(AlarmPlan plan, DateTimeOffset now)
    {
        if (!_metric.TryGetValue(plan.Definition.AlarmName, out MetricAlarmEntry? present))
        {
            MetricAlarmEntry created = NewEntry(plan, now);
            _metric.Add(created.Name, created);
            _ = _unstored.Add(created);
            AddHistory_NeedsLock(AlarmHistory.Created(created.ToRecord()));
            return true;
        }

        if (ReferenceEquals(present.Plan.Definition, plan.Definition) || present.Source == plan.Definition.ToJson())
        {
            return false;
        }

        // CloudWatch keeps the state when a definition is replaced.
        IAlarmRecord before = present.ToRecord();
        present.Plan = plan;
        present.Definition = plan.Definition;
        Updated_NeedsLock(present, before, now);
        return true;
    }

    private bool Put_NeedsLock(CompositeAlarmEntry wanted, DateTimeOffset now)
    {
        if (!_composite.TryGetValue(wanted.Name, out CompositeAlarmEntry? present))
        {
            _composite.Add(wanted.Name, wanted);
            _ = _unstored.Add(wanted);
            AddHistory_NeedsLock(AlarmHistory.Created(wanted.ToRecord()));
            return true;
        }

        if (present.Source == wanted.Source)
        {
            return false;
        }

        // As in CloudWatch, another suppressor ends the periods of the earlier one.
        if (present.SuppressorName != wanted.SuppressorName)
        {
            present.Actions = present.Actions.WithoutPeriods();
        }

        IAlarmRecord before = present.ToRecord();
        present.SourceDefinition = wanted.SourceDefinition;
        present.Definition = wanted.Definition;
        present.Rule = wanted.Rule;
        present.Changed = "updated";
        Updated_NeedsLock(present, before, now);
        return true;
    }

    private void Updated_NeedsLock(AlarmEntry alarm, IAlarmRecord before, DateTimeOffset now)
    {
        alarm.ConfigurationUpdated = now;
        _ = _unstored.Add(alarm);
        AddHistory_NeedsLock(AlarmHistory.Updated(before, alarm.ToRecord()));
    }

    private void Link_NeedsLock(AlarmSet set)
    {
        Dictionary<string, IReadOnlyList<string>> children = new(StringComparer.Ordinal);
        ILookup<string, MuteWindow> muted = set.MuteRules
            .SelectMany(static pair => pair.Value.AlarmNames, static (pair, alarm) => (alarm, Rule: pair.Key))
            .ToLookup(static pair => pair.alarm, pair => _muteRules[pair.Rule], StringComparer.Ordinal);
        foreach (CompositeAlarmEntry alarm in _composite.Values)
        {
            children.Add(alarm.Name, AlarmDefinitionRules.ChildrenOf(alarm.Definition));
            alarm.Children = [.. alarm.Rule.Children.Select(static child => AlarmReference.Of(child).Name).Select(Find_NeedsLock)];
            alarm.Suppressor = alarm.SuppressorName is { } suppressor ? Find_NeedsLock(suppressor) : null;
        }

        foreach (AlarmEntry alarm in Entries_NeedsLock())
        {
            alarm.MuteRules = [.. muted[alarm.Name]];
            if (alarm.HasPendingActions || alarm is CompositeAlarmEntry { Suppressor: not null })
            {
                _ = _held.Add(alarm);
            }
        }

        _order = [.. CompositeOrder.Of(children, out _).Select(name => _composite[name])];
    }

    private AlarmEntry? Find_NeedsLock(string name) =>
        _metric.TryGetValue(name, out MetricAlarmEntry? metric) ? metric : _composite.GetValueOrDefault(name);
}
