namespace CloudObserve.Testing;

/// <summary>Represents a timer of <see cref="ManualTimeProvider"/>.</summary>
/// <remarks>The clock's lock guards <see cref="DueAt"/>, <see cref="Order"/> and <see cref="Period"/>.</remarks>
internal sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    private volatile bool _disposed;

    internal DateTimeOffset DueAt { get; set; }

    internal long Order { get; set; }

    internal TimeSpan Period { get; private set; } = Timeout.InfiniteTimeSpan;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed)
        {
            return false;
        }

        // A zero period means that the timer fires once, as it does for System.Threading.Timer.
        Period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
        clock.Schedule(this, dueTime);
        return true;
    }

    public void Dispose()
    {
        _disposed = true;
        clock.Schedule(this, Timeout.InfiniteTimeSpan);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Fire()
    {
        if (!_disposed)
        {
            callback(state);
        }
    }
}
