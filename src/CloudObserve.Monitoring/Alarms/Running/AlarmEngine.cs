using System.Collections.Concurrent;
using CloudObserve.Local;
using CloudObserve.Monitoring.Alarms.Evaluation;
using CloudObserve.Monitoring.Alarms.Notifications;
using CloudObserve.Monitoring.Alarms.Storage;
using CloudObserve.Monitoring.Anomalies;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Monitoring.Alarms.Running;

/// <summary>Evaluates all alarms that are due, stores what changed, and sends the notifications.</summary>
/// <threadsafety>
/// One thread at a time may call <see cref="Evaluate(CancellationToken)"/>. The other members are safe for concurrent use.
/// </threadsafety>
internal sealed class AlarmEngine : IDisposable
{
    // Samples of a period may arrive a little after its end. CloudWatch waits so long.
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    private readonly EmbeddedCloudWatch _cloudWatch;
    private readonly TimeProvider _timeProvider;
    private readonly AlarmTable _table;
    private readonly AlarmStore _store;
    private readonly NotificationDispatcher _dispatcher;
    private readonly AlarmInstruments _instruments;
    private readonly ILogger _logger;

    // The notifications that are stored and not given to their targets yet.
    private readonly ConcurrentQueue<AlarmNotification> _outbox = new();
    private int _senders;

    // The alarms that could not be evaluated the last time.
    private readonly HashSet<string> _faulty = new(StringComparer.Ordinal);

    private volatile Reads _reads = new([]);

    // Only the thread that defines alarms uses these.
    private int _maxModels = AnomalyBands.MaxModels;
    private TrainedModels _models = new(AnomalyBands.MaxModels);

    internal AlarmEngine(
        EmbeddedCloudWatch cloudWatch, TimeProvider timeProvider, AlarmTable table, string? directory,
        Func<Action, NotificationDispatcher> dispatcher, AlarmInstruments instruments, ILogger logger)
    {
        (_cloudWatch, _timeProvider, _table) = (cloudWatch, timeProvider, table);
        (_instruments, _logger) = (instruments, logger);
        _store = new AlarmStore(directory, table, logger);
        _dispatcher = dispatcher(Publish);
    }

    /// <summary>Gets a value indicating whether there is anything to evaluate.</summary>
    internal bool IsIdle => _table.Count == 0;

    /// <summary>Continues with the states of an earlier process, and sends the notifications that it did not send to the end.</summary>
    internal void Open()
    {
        foreach (AlarmNotification notification in _store.Open())
        {
            _dispatcher.Enqueue(notification);
        }
    }

    public void Dispose() => _store.Dispose();

    /// <summary>Replaces all definitions.</summary>
    /// <param name="set">Valid definitions.</param>
    /// <param name="provisioned">The alarms that CloudWatch has.</param>
    /// <param name="settles">Whether composite alarms are evaluated and actions run now, and not with the next evaluation.</param>
    /// <returns>The number of alarms that changed.</returns>
    internal int Define(AlarmSet set, IReadOnlySet<string> provisioned, bool settles)
    {
        DateTimeOffset now = _timeProvider.GetUtcNow();
        (MetricAlarmEntry[] alarms, int changes) = _table.Replace(set, provisioned, now);
        (MetricAlarmEntry Alarm, AlarmPlan Plan)[] plans = [.. alarms.Select(static alarm => (alarm, alarm.Plan))];
        MetricQueries queries = new(
            _cloudWatch, _timeProvider, new AnomalyBands(ModelsFor(plans.Count(static pair => pair.Plan.IsBand))));
        _reads = new Reads(
        [
            .. MetricRead.Plan(plans.Where(static pair => !pair.Plan.IsMath)),
            .. plans.Where(static pair => pair.Plan.IsMath).Select(pair => new MathRead(pair.Alarm, pair.Plan, queries)),
        ]);
        if (settles)
        {
            _table.Settle(now);
        }

        Publish();
        return changes;
    }

    /// <summary>Evaluates the alarms that are due.</summary>
    /// <param name="cancellationToken">Ends the evaluation early, when the application stops.</param>
    /// <returns>The time of the next evaluation.</returns>
    internal DateTimeOffset Evaluate(CancellationToken cancellationToken)
    {
        long started = _timeProvider.GetTimestamp();
        DateTimeOffset now = _timeProvider.GetUtcNow();
        Reads reads = _reads;
        TimeSpan lag = reads.Begin(now);
        foreach (IAlarmRead read in reads.Due)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                break;
            }

            Evaluate(read, now);
        }

        _table.Settle(now);
        Publish();
        if (reads.Due.Count > 0)
        {
            _instruments.Evaluated(_timeProvider.GetElapsedTime(started), lag);
        }

        return NextAfter(now);
    }

    /// <summary>Returns the time of the next evaluation, without evaluating anything.</summary>
    internal DateTimeOffset NextAfter(DateTimeOffset now)
    {
        DateTimeOffset next = _reads.Next(now);
        return _table.HeldUntil is { } held && held < next ? held : next;
    }

    /// <summary>Stores what changed, sends the notifications, and reports the changes.</summary>
    internal void Publish()
    {
        while (_store.Save(Enqueue) is { IsEmpty: false } changes)
        {
            foreach (StateChange change in changes.States)
            {
                _instruments.Changed(change.After.State);
                Report(change);
            }

            Send();
        }
    }

    // Models are kept when definitions change, because their training reads two weeks of data.
    private TrainedModels ModelsFor(int bands)
    {
        if (bands > _maxModels)
        {
            _maxModels = bands;
            _models = new TrainedModels(bands);
        }

        return _models;
    }

    private void Enqueue(TableChanges changes)
    {
        foreach (AlarmNotification notification in changes.Notifications)
        {
            _outbox.Enqueue(notification);
        }
    }

    // One thread at a time sends, so that the order remains. A notification that comes meanwhile is sent by that thread.
    // A target that cannot take a notification must not keep the others from being sent.
    private void Dispatch(AlarmNotification notification)
    {
        try
        {
            _dispatcher.Enqueue(notification);
        }
        catch (Exception exception)
        {
            _logger.NotificationFailed(
                notification.Id, notification.AlarmName, notification.Topic, $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private void Send()
    {
        if (Interlocked.Increment(ref _senders) > 1)
        {
            return;
        }

        int seen;
        do
        {
            seen = Volatile.Read(ref _senders);
            while (_outbox.TryDequeue(out AlarmNotification? notification))
            {
                _logger.NotificationSent(notification.AlarmName, notification.Topic, notification.Subject);
                Dispatch(notification);
            }
        }
        while (Interlocked.CompareExchange(ref _senders, 0, seen) != seen);
    }

    private void Report(StateChange change)
    {
        if (change.After.State == AlarmState.Alarm)
        {
            _logger.AlarmRaised(change.AlarmName, change.After.Reason);
            return;
        }

        _logger.AlarmChanged(
            change.AlarmName, AlarmStates.ToName(change.Before.State), AlarmStates.ToName(change.After.State), change.After.Reason);
    }

    private void Evaluate(IAlarmRead read, DateTimeOffset now)
    {
        try
        {
            read.Evaluate(_cloudWatch, _table, now);
            if (_faulty.Count > 0)
            {
                foreach ((MetricAlarmEntry alarm, _) in read.Alarms)
                {
                    _ = _faulty.Remove(alarm.Name);
                }
            }
        }
        catch (CloudWatchException exception)
        {
            Fail(read, exception.Message, isDefinition: true, now);
        }
        catch (Exception exception)
        {
            // A fault of this library in one alarm must not keep the others from being evaluated.
            Fail(read, $"{exception.GetType().Name}: {exception.Message}", isDefinition: false, now);
        }
    }

    private void Fail(IAlarmRead read, string fault, bool isDefinition, DateTimeOffset now)
    {
        foreach ((MetricAlarmEntry alarm, AlarmPlan plan) in read.Alarms)
        {
            _instruments.Failed();
            _table.Fail(alarm, plan, fault, isDefinition, now);
            if (_faulty.Add(alarm.Name))
            {
                _logger.AlarmNotEvaluated(alarm.Name, fault);
            }
        }
    }

    /// <summary>Knows which reads are due. Alarms of one cadence are evaluated at the same moments.</summary>
    private sealed class Reads(IReadOnlyList<IAlarmRead> all)
    {
        private readonly (TimeSpan Cadence, IAlarmRead[] Reads)[] _groups =
            [.. all.GroupBy(static read => read.Cadence).Select(static group => (group.Key, group.ToArray()))];

        // The number of the last evaluated moment of each group.
        private readonly Dictionary<TimeSpan, long> _last = [];

        internal List<IAlarmRead> Due { get; } = [];

        /// <summary>Finds the reads that are due, and returns the time by which they are late.</summary>
        internal TimeSpan Begin(DateTimeOffset now)
        {
            Due.Clear();
            TimeSpan lag = TimeSpan.Zero;
            foreach ((TimeSpan cadence, IAlarmRead[] reads) in _groups)
            {
                long moment = (now - Delay).UtcTicks / cadence.Ticks;
                if (!_last.TryGetValue(cadence, out long last) || last != moment)
                {
                    // The first evaluation of a group is at once, and not late.
                    TimeSpan late = now - Delay - new DateTimeOffset(moment * cadence.Ticks, TimeSpan.Zero);
                    lag = last == 0 || late < lag ? lag : late;
                    _last[cadence] = moment;
                    Due.AddRange(reads);
                }
            }

            return lag;
        }

        internal DateTimeOffset Next(DateTimeOffset now)
        {
            long next = DateTimeOffset.MaxValue.UtcTicks;
            foreach ((TimeSpan cadence, _) in _groups)
            {
                next = Math.Min(next, (((now - Delay).UtcTicks / cadence.Ticks) + 1) * cadence.Ticks);
            }

            return next == DateTimeOffset.MaxValue.UtcTicks ? DateTimeOffset.MaxValue : new DateTimeOffset(next, TimeSpan.Zero) + Delay;
        }
    }
}
