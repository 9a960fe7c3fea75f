using System.Security.Cryptography;
using System.Text;
using CloudObserve.Monitoring.Alarms.Definitions;
using CloudObserve.Monitoring.Alarms.Evaluation;
using CloudObserve.Monitoring.Alarms.History;
using CloudObserve.Monitoring.Alarms.Muting;
using CloudObserve.Monitoring.Alarms.Notifications;
using CloudObserve.Monitoring.Alarms.Storage;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Contains all alarms with their states and histories, and the changes that wait to be stored and sent.</summary>
/// <remarks>
/// One lock guards everything. Nothing is called while it is held but the pure parts of the evaluation. A change of a state, the composite
/// alarms that follow from it, and their notifications become visible together, and are taken together by <see cref="Take"/>.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed partial class AlarmTable
{
    private const string SnsVendor = "sns";
    private const string Unsupported = "This process runs actions on topics of Amazon SNS only.";

    // The step in which held actions are decided again, because of mute rules.
    private static readonly TimeSpan HeldStep = TimeSpan.FromSeconds(10);

    private readonly AlarmAccount _account;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MetricAlarmEntry> _metric = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CompositeAlarmEntry> _composite = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MuteWindow> _muteRules = new(StringComparer.Ordinal);
    private readonly HistoryLog _history;

    // The time at which held actions must be decided again.
    private DateTimeOffset? _heldUntil;

    // The composite alarms, each after the alarms that it uses.
    private CompositeAlarmEntry[] _order = [];

    // The alarms whose state changed and that composite alarms have not seen yet.
    private readonly List<AlarmEntry> _changed = [];

    // The alarms whose actions are held back, or may be because of a suppressor.
    private readonly HashSet<AlarmEntry> _held = [];

    // What was changed since the last call of Take.
    private readonly HashSet<AlarmEntry> _unstored = [];
    private List<string> _deleted = [];
    private List<AlarmHistoryItem> _newHistory = [];
    private List<AlarmNotification> _notifications = [];
    private List<string> _finished = [];
    private List<StateChange> _states = [];

    /// <param name="account">The account of the alarms.</param>
    /// <param name="maxHistoryBytes">The maximum memory for histories.</param>
    internal AlarmTable(AlarmAccount account, long maxHistoryBytes) => (_account, _history) = (account, new HistoryLog(maxHistoryBytes));

    /// <summary>Gets the number of alarms.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _metric.Count + _composite.Count;
            }
        }
    }

    /// <summary>Gets the time at which held actions must be decided again; <see langword="null"/> if none are held.</summary>
    internal DateTimeOffset? HeldUntil
    {
        get
        {
            lock (_lock)
            {
                return _heldUntil;
            }
        }
    }

    /// <summary>Gets the number of alarms in each state, of those that are evaluated here.</summary>
    internal (int Ok, int Alarm, int InsufficientData) Totals
    {
        get
        {
            lock (_lock)
            {
                int[] totals = new int[3];
                foreach (AlarmEntry entry in Entries_NeedsLock().Where(static entry => !entry.IsOff))
                {
                    totals[(int)entry.State.State]++;
                }

                return (totals[(int)AlarmState.Ok], totals[(int)AlarmState.Alarm], totals[(int)AlarmState.InsufficientData]);
            }
        }
    }

    /// <summary>Evaluates an alarm on its datapoints. The composite alarms follow with <see cref="Settle"/>.</summary>
    /// <param name="alarm">The alarm.</param>
    /// <param name="plan">The plan for which the datapoints were read. If the alarm has another one by now, nothing happens.</param>
    /// <param name="window">The periods of the evaluation range, the newest first.</param>
    /// <param name="now">The time of the evaluation.</param>
    internal void Evaluate(MetricAlarmEntry alarm, AlarmPlan plan, ReadOnlySpan<AlarmDatapoint> window, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!IsPresent_NeedsLock(alarm, plan))
            {
                return;
            }

            alarm.EvaluationState = null;
            alarm.Contributors = null;
            AlarmEvaluation evaluation = AlarmEvaluator.Evaluate(plan, window, alarm.State.State);
            if (evaluation.State != alarm.State.State)
            {
                EvaluatedWindow evaluated = new(plan, window, evaluation);
                Change_NeedsLock(
                    alarm,
                    new AlarmSnapshot(
                        evaluation.State, AlarmReason.Write(evaluated), AlarmReasonData.Write(evaluated, now), now));
            }
        }
    }

    /// <summary>Takes the evaluation of an alarm over several time series into account.</summary>
    /// <param name="alarm">The alarm.</param>
    /// <param name="plan">The plan for which the datapoints were read.</param>
    /// <param name="windows">The periods of each time series by its label.</param>
    /// <param name="isPartial">Whether there are more time series than are evaluated.</param>
    /// <param name="now">The time of the evaluation.</param>
    internal void EvaluateSeries(
        MetricAlarmEntry alarm,
        AlarmPlan plan,
        IReadOnlyList<KeyValuePair<string, AlarmDatapoint[]>> windows,
        bool isPartial,
        DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!IsPresent_NeedsLock(alarm, plan))
            {
                return;
            }

            Dictionary<string, AlarmContributor> next =
                SeriesEvaluation.Evaluate(plan, windows, alarm.Contributors, now, out bool isChanged);
            alarm.EvaluationState = isPartial ? "PARTIAL_DATA" : null;
            alarm.Contributors = next;
            if (isChanged)
            {
                _ = _unstored.Add(alarm);
            }

            (AlarmState state, string reason) = SeriesEvaluation.Sum(next.Values, plan);
            if (state != alarm.State.State)
            {
                Change_NeedsLock(alarm, new AlarmSnapshot(state, reason, null, now));
            }
        }
    }

    /// <summary>Takes an evaluation into account that the data does not allow.</summary>
    /// <param name="alarm">The alarm.</param>
    /// <param name="plan">The plan that could not be evaluated.</param>
    /// <param name="fault">The reason.</param>
    /// <param name="isDefinition">Whether the definition is the reason. Then there is no data for it; otherwise the state is kept.</param>
    /// <param name="now">The time of the evaluation.</param>
    internal void Fail(MetricAlarmEntry alarm, AlarmPlan plan, string fault, bool isDefinition, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!IsPresent_NeedsLock(alarm, plan))
            {
                return;
            }

            alarm.EvaluationState = isDefinition ? "EVALUATION_ERROR" : "EVALUATION_FAILURE";
            if (isDefinition && alarm.State.State != AlarmState.InsufficientData)
            {
                Change_NeedsLock(
                    alarm, new AlarmSnapshot(AlarmState.InsufficientData, $"Insufficient Data: the evaluation failed: {fault}", null, now));
            }
        }
    }

    /// <summary>Evaluates composite alarms after changes, and decides about actions.</summary>
    internal void Settle(DateTimeOffset now)
    {
        lock (_lock)
        {
            Settle_NeedsLock(now);
        }
    }

    /// <summary>Records that a notification needs no further attempt.</summary>
    /// <param name="notification">The notification.</param>
    /// <param name="failure">The reason why it failed; <see langword="null"/> if it was sent.</param>
    /// <param name="now">The time.</param>
    internal void Finish(AlarmNotification notification, string? failure, DateTimeOffset now)
    {
        lock (_lock)
        {
            _finished.Add(notification.Id);
            if (!notification.IsTest)
            {
                AddHistory_NeedsLock(AlarmHistory.ActionRan(
                    notification.AlarmName, now, notification.TopicArn, notification.StateChangeTime, failure));
            }
        }
    }

    private IEnumerable<AlarmEntry> Entries_NeedsLock() => _metric.Values.Concat<AlarmEntry>(_composite.Values);

    private bool IsPresent_NeedsLock(MetricAlarmEntry alarm, AlarmPlan plan) =>
        !alarm.IsOff && ReferenceEquals(alarm.Plan, plan)
        && _metric.TryGetValue(alarm.Name, out MetricAlarmEntry? present) && present == alarm;

    private void Settle_NeedsLock(DateTimeOffset now)
    {
        foreach (CompositeAlarmEntry alarm in _order)
        {
            if (_changed.Count == 0 && alarm.Changed is null)
            {
                continue;
            }

            AlarmSnapshot? next = CompositeEvaluation.Evaluate(alarm, now);
            alarm.Changed = null;
            if (next is not null)
            {
                Change_NeedsLock(alarm, next);
            }
        }

        foreach (AlarmEntry alarm in _changed)
        {
            alarm.Before = null;
            _ = _held.Add(alarm);
        }

        _changed.Clear();
        _history.Expire(now);
        _heldUntil = Act_NeedsLock(now);
    }

    private void Change_NeedsLock(AlarmEntry alarm, AlarmSnapshot next)
    {
        AlarmSnapshot before = alarm.State;
        if (alarm.Before is null)
        {
            _changed.Add(alarm);
            alarm.Before = before;
        }

        alarm.State = next;
        _ = _unstored.Add(alarm);
        AddHistory_NeedsLock(AlarmHistory.StateChanged(alarm.Name, before, next));
        _states.Add(new StateChange(alarm.Name, before, next));
    }

    private void AddHistory_NeedsLock(AlarmHistoryItem item)
    {
        _history.Add(item);
        _newHistory.Add(item);
    }

    private DateTimeOffset? Act_NeedsLock(DateTimeOffset now)
    {
        DateTimeOffset? next = null;
        foreach (AlarmEntry alarm in _held.ToArray())
        {
            ActionGate before = alarm.Actions;
            CompositeAlarmEntry? composite = alarm as CompositeAlarmEntry;
            bool isMuted = Array.Exists(alarm.MuteRules, rule => rule.IsActive(now));
            AlarmState announced = before.Announced;
            alarm.Actions = before.Next(
                now, alarm.State.State, composite?.Suppressor?.State.State, composite?.Periods ?? default, isMuted,
                out ActionDecision decision);
            alarm.Decision = decision;
            if (decision.Runs)
            {
                Run_NeedsLock(alarm, announced, decision.IsAfterMuteWindow);
            }

            if (alarm.Actions != before)
            {
                _ = _unstored.Add(alarm);
            }

            if (decision.SuppressedBy == ActionSuppressor.None && composite?.Suppressor is null)
            {
                _ = _held.Remove(alarm);
                continue;
            }

            // The end of a mute rule is found by asking again.
            DateTimeOffset? until = decision.HeldUntil ?? (alarm.HasPendingActions ? now + HeldStep : null);
            next = next is null || until < next ? until : next;
        }

        return next;
    }

    private void Run_NeedsLock(AlarmEntry alarm, AlarmState announced, bool isAfterMuteWindow)
    {
        if (!alarm.ActionsEnabled)
        {
            return;
        }

        AlarmSnapshot before = alarm.State with { State = ActionGate.OldState(announced, alarm.State.State) };
        foreach (string action in alarm.ActionsOf(alarm.State.State))
        {
            if (IsTopic(action))
            {
                _notifications.Add(Notification(alarm, action, before, alarm.State, isAfterMuteWindow, isTest: false));
            }
            else
            {
                AddHistory_NeedsLock(AlarmHistory.ActionRan(alarm.Name, alarm.State.Updated, action, alarm.State.Updated, Unsupported));
            }
        }
    }

    private static bool IsTopic(string action) => action.Split(':') is { Length: > 2 } parts && parts[2] == SnsVendor;

    private AlarmNotification Notification(
        AlarmEntry alarm, string topic, AlarmSnapshot before, AlarmSnapshot after, bool isAfterMuteWindow, bool isTest)
    {
        string message = alarm.ToRecord(after) switch
        {
            CompositeAlarmRecord composite => AlarmMessage.Write(composite, before, _account),
            var metric => AlarmMessage.Write((MetricAlarmRecord)metric, before, _account, isAfterMuteWindow),
        };
        string state = isTest ? "TEST" : AlarmStates.ToName(after.State);
        return new AlarmNotification
        {
            Id = isTest ? Guid.NewGuid().ToString() : IdOf($"{alarm.Arn}\n{after.Updated.UtcTicks}\n{after.State}\n{topic}"),
            TopicArn = topic,
            AlarmName = alarm.Name,
            AlarmArn = alarm.Arn,
            OldState = before.State,
            NewState = after.State,
            NewStateReason = after.Reason,
            StateChangeTime = after.Updated,
            IsTest = isTest,
            Subject = AlarmMessage.Subject(state, alarm.Name, _account.Region),
            Message = message,
        };
    }

    // The same notification has the same id in every process.
    private static string IdOf(string text) => new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToString();
}
