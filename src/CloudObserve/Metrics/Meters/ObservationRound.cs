using CloudObserve.Diagnostics;

namespace CloudObserve.Metrics.Meters;

/// <summary>Observes each of a set of instruments once, in turn, on a thread of the library.</summary>
/// <remarks>A callback that takes too long is abandoned, and a new thread continues with the next instrument.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class ObservationRound
{
    /// <summary>The maximum number of threads blocked in callbacks. Above it, nothing is observed until one returns.</summary>
    internal const int MaxStuckThreads = 32;

    internal const string TimedOut = "CallbackTimedOut";
    internal const string Failed = "CallbackFailed";

    // The first callback that hangs gets the whole time-out, each further one in a round half as long as the one before, down to this
    // fraction. A round with many hanging callbacks therefore takes little more than twice the time-out.
    private const int LeastPart = 16;

    private readonly ObservedInstrument[] _instruments;
    private readonly TimeSpan _timeout;
    private readonly string _signal;
    private readonly IDiagnosticEvents _events;
    private readonly TimeProvider _time;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();

    // All fields below are guarded by the lock.
    private ITimer? _watch;
    private Thread? _observer;
    private ObservedInstrument? _current;
    private long _currentSince;
    private int _next;
    private int _givenUp;

    internal ObservationRound(
        ObservedInstrument[] instruments, TimeSpan timeout, string signal, IDiagnosticEvents events, TimeProvider time)
    {
        _instruments = instruments;
        _timeout = timeout;
        _signal = signal;
        _events = events;
        _time = time;
    }

    /// <summary>Gets a task that completes when every instrument was observed or abandoned. It never fails.</summary>
    internal Task Completion => _completion.Task;

    internal void Start()
    {
        ITimer watch = CreateWatch();
        lock (_lock)
        {
            _watch = watch;
        }

        StartObserver();
    }

    private ITimer CreateWatch()
    {
        ITimer Create() =>
            _time.CreateTimer(
                static state => ((ObservationRound)state!).LookAtCurrent(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        if (ExecutionContext.IsFlowSuppressed())
        {
            return Create();
        }

        // Otherwise the timer would capture the execution context of the caller that flushes.
        using (ExecutionContext.SuppressFlow())
        {
            return Create();
        }
    }

    private TimeSpan Patience_NeedsLock() => _timeout / Math.Min(1 << Math.Min(_givenUp, LeastPart), LeastPart);

    private void StartObserver()
    {
        try
        {
            Thread observer = new(Observe) { IsBackground = true, Name = "CloudObserve observer" };
            lock (_lock)
            {
                _observer = observer;
            }

            observer.UnsafeStart();
        }
        catch (Exception exception)
        {
            _events.InternalError("starting a thread for the application's instruments", exception);
            Complete();
        }
    }

    private void Observe()
    {
        try
        {
            while (TakeNext() is { } instrument)
            {
                Observe(instrument);
            }
        }
        catch (Exception exception)
        {
            _events.InternalError("observing the application's instruments", exception);
        }

        if (IsObserver())
        {
            Complete();
        }
    }

    private void Observe(ObservedInstrument instrument)
    {
        if (!instrument.TryBegin())
        {
            Tell(TimedOut, instrument, "Its callback, which was called for an earlier period, has not returned yet.", null);
            return;
        }

        Watch(instrument);
        if (instrument.TryObserve(out Exception? exception) && exception is not null)
        {
            Tell(Failed, instrument, $"Its callback threw {exception.GetType().Name}.", exception);
        }
    }

    // A thread whose callback was abandoned finds here that another thread has taken its place.
    private bool IsObserver()
    {
        lock (_lock)
        {
            return Thread.CurrentThread == _observer;
        }
    }

    private ObservedInstrument? TakeNext()
    {
        lock (_lock)
        {
            if (Thread.CurrentThread != _observer)
            {
                return null;
            }

            _current = null;
            return _next < _instruments.Length ? _instruments[_next++] : null;
        }
    }

    private void Watch(ObservedInstrument instrument)
    {
        lock (_lock)
        {
            _current = instrument;
            _currentSince = _time.GetTimestamp();
            _ = _watch?.Change(Patience_NeedsLock(), Timeout.InfiniteTimeSpan);
        }
    }

    private void LookAtCurrent()
    {
        ObservedInstrument current;
        TimeSpan waited;
        lock (_lock)
        {
            if (_current is null)
            {
                return;
            }

            waited = _time.GetElapsedTime(_currentSince);
            if (waited < Patience_NeedsLock())
            {
                // The timer was set for an earlier instrument.
                _ = _watch?.Change(Patience_NeedsLock() - waited, Timeout.InfiniteTimeSpan);
                return;
            }

            if (!_current.TryGiveUp())
            {
                return;
            }

            current = _current;
            _current = null;
            _observer = null;
            _givenUp++;
        }

        Tell(TimedOut, current, $"Its callback did not return within {waited.TotalSeconds:0.###} s (Metrics:ObservationTimeout).", null);
        GoOn();
    }

    private void GoOn()
    {
        if (_instruments.Count(i => i.IsStuck) < MaxStuckThreads)
        {
            StartObserver();
            return;
        }

        for (ObservedInstrument? instrument = TakeUnobserved(); instrument is not null; instrument = TakeUnobserved())
        {
            Tell(TimedOut, instrument, $"It was not observed, because {MaxStuckThreads} other callbacks have not returned.", null);
        }

        Complete();
    }

    private ObservedInstrument? TakeUnobserved()
    {
        lock (_lock)
        {
            return _next < _instruments.Length ? _instruments[_next++] : null;
        }
    }

    private void Complete()
    {
        ITimer? watch;
        lock (_lock)
        {
            (watch, _watch) = (_watch, null);
        }

        watch?.Dispose();
        _ = _completion.TrySetResult();
    }

    private void Tell(string reason, ObservedInstrument instrument, string problem, Exception? exception) =>
        _events.CallbackFailed(new FailedCallback(_signal, reason, instrument.Description, problem, exception));
}
