using CloudObserve.Local;
using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Alarms.Evaluation;
using CloudObserve.Monitoring.Alarms.History;
using CloudObserve.Monitoring.Alarms.Muting;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <content>CloudWatch's operations on alarms.</content>
internal sealed partial class AlarmTable
{
    private const string MetricAlarmType = "MetricAlarm";
    private const string CompositeAlarmType = "CompositeAlarm";

    /// <summary>Sets the state of an alarm by hand.</summary>
    /// <exception cref="CloudWatchException">There is no such alarm, or CloudWatch evaluates it.</exception>
    internal void SetState(SetAlarmStateRequest request, AlarmState state, DateTimeOffset now)
    {
        lock (_lock)
        {
            AlarmEntry alarm = Required_NeedsLock(request.AlarmName);
            if (alarm.IsProvisioned)
            {
                throw RequestRules.Invalid($"CloudWatch evaluates the alarm {alarm.Name} instead of this process. Set its state there.");
            }

            if (alarm.State.State != state)
            {
                Change_NeedsLock(alarm, new AlarmSnapshot(state, request.StateReason, request.StateReasonData, now));
                Settle_NeedsLock(now);
            }
        }
    }

    /// <summary>Lets changes of alarms run actions, or keeps them from doing so. Unknown names are ignored.</summary>
    internal void SetActionsEnabled(IEnumerable<string> names, bool isEnabled, DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach (AlarmEntry alarm in names.Select(Find_NeedsLock).OfType<AlarmEntry>())
            {
                if (alarm.ActionsEnabled != isEnabled)
                {
                    IAlarmRecord before = alarm.ToRecord();
                    alarm.SetActionsEnabled(isEnabled);
                    Updated_NeedsLock(alarm, before, now);
                }
            }
        }
    }

    /// <summary>Makes a test notification for each topic of an alarm.</summary>
    /// <returns>The ids of the notifications.</returns>
    /// <exception cref="CloudWatchException">There is no such alarm.</exception>
    internal IReadOnlyList<string> Fire(string name, DateTimeOffset now)
    {
        lock (_lock)
        {
            AlarmEntry alarm = Required_NeedsLock(name);
            AlarmSnapshot test = new(
                AlarmState.Alarm, "This is a test of the alarm's notifications. The state of the alarm did not change.", null, now);
            AlarmNotification[] tests =
            [
                .. alarm.ActionsOf(AlarmState.Alarm).Where(IsTopic)
                    .Select(topic => Notification(alarm, topic, alarm.State, test, isAfterMuteWindow: false, isTest: true)),
            ];
            _notifications.AddRange(tests);
            return [.. tests.Select(static test => test.Id)];
        }
    }

    /// <summary>Returns a metric alarm.</summary>
    /// <exception cref="CloudWatchException">There is no such metric alarm.</exception>
    internal (MetricAlarmEntry Alarm, AlarmPlan Plan, AlarmState State) Metric(string name)
    {
        lock (_lock)
        {
            return _metric.TryGetValue(name, out MetricAlarmEntry? alarm) ? (alarm, alarm.Plan, alarm.State.State) : throw Missing(name);
        }
    }

    /// <summary>Returns the time series of an alarm that are not OK.</summary>
    /// <exception cref="CloudWatchException">There is no such alarm.</exception>
    internal IReadOnlyList<AlarmContributor> Contributors(string name)
    {
        lock (_lock)
        {
            return Required_NeedsLock(name) is MetricAlarmEntry { Contributors: { } contributors }
                ? [.. contributors.Values.Where(static c => c.StateValue != AlarmState.Ok)
                    .OrderBy(static c => c.ContributorId, StringComparer.Ordinal)]
                : [];
        }
    }

    /// <summary>Returns the mute rules with their status.</summary>
    internal IReadOnlyList<AlarmMuteRuleSummary> MuteRules(DateTimeOffset now)
    {
        lock (_lock)
        {
            return [.. _muteRules.OrderBy(static pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new AlarmMuteRuleSummary(pair.Value.Rule, pair.Value.StatusAt(now)))];
        }
    }

    /// <summary>Returns a page of alarms, by name.</summary>
    internal DescribeAlarmsResponse Describe(DescribeAlarmsRequest request)
    {
        bool hasMetric = request.AlarmTypes.Count == 0 || request.AlarmTypes.Contains(MetricAlarmType);
        bool hasComposite = request.AlarmTypes.Contains(CompositeAlarmType);
        lock (_lock)
        {
            AlarmEntry[] found =
            [
                .. Entries_NeedsLock()
                    .Where(alarm => alarm is MetricAlarmEntry ? hasMetric : hasComposite)
                    .Where(alarm => Matches(alarm, request))
                    .OrderBy(static alarm => alarm.Name, StringComparer.Ordinal)
                    .Take(request.MaxRecords + 1),
            ];
            AlarmEntry[] page = found[..Math.Min(found.Length, request.MaxRecords)];
            return new DescribeAlarmsResponse(
                [.. page.OfType<MetricAlarmEntry>().Select(Describe)],
                [.. page.OfType<CompositeAlarmEntry>().Select(Describe)],
                found.Length > page.Length ? page[^1].Name : null);
        }
    }

    /// <summary>Returns a page of the histories.</summary>
    internal DescribeAlarmHistoryResponse History(DescribeAlarmHistoryRequest request, bool ascends, long? after)
    {
        lock (_lock)
        {
            List<AlarmHistoryItem> page = _history.Find(
                (name, type, time) => (request.AlarmName is null || name == request.AlarmName)
                    && (request.HistoryItemType is null || type == request.HistoryItemType)
                    && !(time < request.StartDate) && !(time > request.EndDate),
                ascends,
                after,
                request.MaxRecords,
                out long? last);
            return new DescribeAlarmHistoryResponse(page, last?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static bool Matches(AlarmEntry alarm, DescribeAlarmsRequest request) =>
        (request.AlarmNames.Count == 0 || request.AlarmNames.Contains(alarm.Name))
        && (request.AlarmNamePrefix is null || alarm.Name.StartsWith(request.AlarmNamePrefix, StringComparison.Ordinal))
        && (request.StateValue is null || alarm.State.State == request.StateValue)
        && (request.NextToken is null || string.CompareOrdinal(alarm.Name, request.NextToken) > 0)
        && (request.ActionPrefix is not { } prefix || new[] { AlarmState.Ok, AlarmState.Alarm, AlarmState.InsufficientData }
            .SelectMany(alarm.ActionsOf).Any(action => action.StartsWith(prefix, StringComparison.Ordinal)));

    private static MetricAlarm Describe(MetricAlarmEntry alarm) => new()
    {
        Definition = alarm.Definition,
        AlarmArn = alarm.Arn,
        AlarmConfigurationUpdatedTimestamp = alarm.ConfigurationUpdated,
        StateValue = alarm.State.State,
        StateReason = alarm.State.Reason,
        StateReasonData = alarm.State.ReasonData,
        StateTransitionedTimestamp = alarm.State.Updated,
        EvaluationState = alarm.EvaluationState,
        IsProvisioned = alarm.IsProvisioned,
    };

    private static CompositeAlarm Describe(CompositeAlarmEntry alarm)
    {
        string? by = alarm.Decision.SuppressedBy is ActionSuppressor.None or ActionSuppressor.MuteRule
            ? null : alarm.Decision.SuppressedBy.ToString();
        return new CompositeAlarm
        {
            Definition = alarm.Definition,
            AlarmArn = alarm.Arn,
            AlarmConfigurationUpdatedTimestamp = alarm.ConfigurationUpdated,
            StateValue = alarm.State.State,
            StateReason = alarm.State.Reason,
            StateReasonData = alarm.State.ReasonData,
            StateTransitionedTimestamp = alarm.State.Updated,
            ActionsSuppressedBy = by,
            ActionsSuppressedReason = by is null ? null : $"Actions suppressed by {by}",
            IsProvisioned = alarm.IsProvisioned,
        };
    }

    private static CloudWatchException Missing(string name) => new("ResourceNotFound", $"Unknown alarm: {name}");

    private AlarmEntry Required_NeedsLock(string name) => Find_NeedsLock(name) ?? throw Missing(name);
}
