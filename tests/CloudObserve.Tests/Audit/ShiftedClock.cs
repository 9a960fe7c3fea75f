namespace CloudObserve.Tests.Audit;

/// <summary>A clock that can be set: its time of day moves without any time passing.</summary>
internal sealed class ShiftedClock(TimeProvider inner) : TimeProvider
{
    internal TimeSpan Shift { get; set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Shift;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
}
