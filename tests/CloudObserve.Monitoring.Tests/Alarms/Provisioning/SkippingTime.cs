namespace CloudObserve.Monitoring.Tests.Alarms.Provisioning;

/// <summary>A clock that skips short pauses: a timer of less than 10 seconds ends at once, and the elapsed time grows by it.</summary>
internal sealed class SkippingTime : TimeProvider
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private long _skipped;

    internal TimeSpan Skipped => TimeSpan.FromTicks(Interlocked.Read(ref _skipped));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _skipped);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime >= Longest)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        _ = Interlocked.Add(ref _skipped, dueTime.Ticks);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
