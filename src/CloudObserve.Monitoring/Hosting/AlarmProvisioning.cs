using CloudObserve.Monitoring.Alarms;
using CloudObserve.Monitoring.Alarms.Provisioning;

namespace CloudObserve.Monitoring.Hosting;

/// <summary>Puts the alarms of a host into CloudWatch in the background, again after changes, and again after failures.</summary>
/// <param name="provisioner">Makes the attempts.</param>
/// <param name="file">Remembers what was put.</param>
/// <param name="deletes">Whether alarms that are not put any more are deleted.</param>
/// <param name="finished">Called after each attempt, with the alarms that CloudWatch has and the number of those that were not put.</param>
/// <param name="timeProvider">The clock.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AlarmProvisioning(
    AlarmProvisioner provisioner, ProvisionedFile file, bool deletes, Action<IReadOnlySet<string>, int> finished, TimeProvider timeProvider)
    : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private ProvisionedSet? _wanted;
    private string _text = "";
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _worker;

    // Only the worker uses them: the alarms that CloudWatch has, with their definitions.
    private Dictionary<string, string> _confirmed = new(StringComparer.Ordinal);

    /// <summary>Gets the task that completes after the first attempt, whatever its outcome is.</summary>
    internal Task FirstAttempt => _first.Task;

    /// <summary>Asks for alarms to be put. Nothing happens if they are those of the last request.</summary>
    internal void Request(ProvisionedSet set)
    {
        string text = set.Alarms.ToJson() + string.Join('\n', set.Unsupported);
        lock (_lock)
        {
            if (_stopping.IsCancellationRequested || text == _text)
            {
                return;
            }

            (_wanted, _text) = (set, text);
            _ = _changed.TrySetResult();
            _worker ??= Background.Start(WorkAsync);
        }
    }

    /// <summary>Ends the attempts.</summary>
    /// <param name="deadline">Ends the wait for a running one.</param>
    internal async Task CloseAsync(CancellationToken deadline)
    {
        // The worker may go on inside the cancellation and write to the disk or the log, which must not hold up the close.
        Task cancelling = Background.Start(_stopping.CancelAsync);
        Task worker;
        lock (_lock)
        {
            worker = _worker ?? Task.CompletedTask;
        }

        await Task.WhenAll(cancelling, worker).WaitAsync(deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ = _first.TrySetResult();
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WorkAsync()
    {
        TimeSpan pause = FirstPause;
        while (!_stopping.IsCancellationRequested)
        {
            ProvisionedSet wanted;
            Task changed;
            lock (_lock)
            {
                wanted = _wanted!;
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                changed = _changed.Task;
            }

            bool isComplete = await AttemptAsync(wanted).ConfigureAwait(false);
            _ = _first.TrySetResult();
            using CancellationTokenSource waiting = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            Task next = Task.Delay(isComplete ? Timeout.InfiniteTimeSpan : pause, timeProvider, waiting.Token);
            bool isNew = await Task.WhenAny(changed, next).ConfigureAwait(false) == changed;
            await waiting.CancelAsync().ConfigureAwait(false);
            pause = isNew || isComplete ? FirstPause : pause * 2 > LongestPause ? LongestPause : pause * 2;
        }
    }

    private async Task<bool> AttemptAsync(ProvisionedSet wanted)
    {
        ProvisioningOutcome outcome =
            await provisioner.PutAsync(wanted, file.Alarms, deletes, _stopping.Token).ConfigureAwait(false);
        file.Change(
            All(wanted.Alarms).Select(static alarm => alarm.Alarm).Where(alarm => outcome.Present.Contains(alarm.Name)), outcome.Gone);
        Confirm(wanted.Alarms, outcome.Present);
        if (!_stopping.IsCancellationRequested)
        {
            finished(new HashSet<string>(_confirmed.Keys, StringComparer.Ordinal), outcome.Failed);
        }

        return outcome.IsComplete;
    }

    // An alarm that was put as it is defined stays in CloudWatch, whatever becomes of a later attempt.
    private void Confirm(AlarmDefinitions alarms, IReadOnlySet<string> present)
    {
        Dictionary<string, string> confirmed = new(StringComparer.Ordinal);
        foreach ((RecordedAlarm alarm, string json) in All(alarms))
        {
            if (present.Contains(alarm.Name) || (_confirmed.TryGetValue(alarm.Name, out string? before) && before == json))
            {
                confirmed.Add(alarm.Name, json);
            }
        }

        _confirmed = confirmed;
    }

    private static IEnumerable<(RecordedAlarm Alarm, string Json)> All(AlarmDefinitions alarms) =>
        alarms.MetricAlarms.Select(static alarm => (new RecordedAlarm(alarm.AlarmName, false), alarm.ToJson()))
            .Concat(alarms.CompositeAlarms.Select(static alarm => (new RecordedAlarm(alarm.AlarmName, true), alarm.ToJson())));
}
