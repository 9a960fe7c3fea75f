namespace CloudObserve.Testing;

/// <summary>Represents a clock that moves only when a test advances it.</summary>
/// <remarks>
/// Timers fire in order on the thread that advances the clock. <see cref="Advance"/> stops at each timer's due time, so a callback sees the
/// time at which it was due. A timer that a callback creates or changes fires too when it is due within the same call.
/// </remarks>
/// <threadsafety>Safe for concurrent use. Callbacks run outside the clock's lock.</threadsafety>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly DateTimeOffset _start;
    private DateTimeOffset _now;

    // The difference between the time that the clock shows and the elapsed time.
    private TimeSpan _offset;
    private long _order;

    /// <summary>Initializes a new instance of the <see cref="ManualTimeProvider"/> class that shows 2026-01-01T00:00:00Z.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ManualTimeProvider"/> class.</summary>
    /// <param name="start">The initial time.</param>
    public ManualTimeProvider(DateTimeOffset start)
    {
        _start = start.ToUniversalTime();
        _now = _start;
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Gets the number of timers that are waiting to fire.</summary>
    /// <remarks>Tests use it to find leaks.</remarks>
    public int ActiveTimers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now + _offset;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => (Passed() - _start).Ticks;

    /// <summary>Changes the time that the clock shows without elapsing time, as an operator or a time server does.</summary>
    /// <remarks>No timer fires.</remarks>
    /// <param name="by">The change; negative sets the clock back.</param>
    public void Jump(TimeSpan by)
    {
        lock (_lock)
        {
            _offset += by;
        }
    }

    /// <summary>Moves the clock forward and fires every timer that is due on the way.</summary>
    /// <param name="by">The duration; not negative.</param>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        DateTimeOffset target = Passed() + by;
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ManualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private DateTimeOffset Passed()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    internal void Schedule(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.DueAt = _now + dueTime;
                timer.Order = _order++;
                _timers.Add(timer);
            }
        }
    }

    private ManualTimer? TakeDue(DateTimeOffset target)
    {
        lock (_lock)
        {
            ManualTimer? next = Next_NeedsLock();
            if (next is null || next.DueAt > target)
            {
                // Another thread may have advanced the clock beyond the target meanwhile.
                _now = target > _now ? target : _now;
                return null;
            }

            _now = next.DueAt > _now ? next.DueAt : _now;
            _timers.Remove(next);
            if (next.Period != Timeout.InfiniteTimeSpan)
            {
                next.DueAt = _now + next.Period;
                next.Order = _order++;
                _timers.Add(next);
            }

            return next;
        }
    }

    private ManualTimer? Next_NeedsLock()
    {
        ManualTimer? next = null;
        foreach (ManualTimer timer in _timers)
        {
            if (next is null || timer.DueAt < next.DueAt || (timer.DueAt == next.DueAt && timer.Order < next.Order))
            {
                next = timer;
            }
        }

        return next;
    }
}
