namespace CloudObserve.Tests.Scenarios;

/// <summary>
/// The system's clock whose timers come twenty times sooner: for scenarios with real connections, which no manual clock can hold still.
/// </summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Haste = 20;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new HurriedTimer(System.CreateTimer(callback, state, Hurried(dueTime), Hurried(period)));

    private static TimeSpan Hurried(TimeSpan time) => time > TimeSpan.Zero ? time / Haste : time;

    private sealed class HurriedTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Hurried(dueTime), Hurried(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
