using System.Diagnostics;

namespace CloudObserve.LoadTests.Calling;

/// <summary>Makes the calls of one schedule, each at its time, or as soon as the previous calls allow.</summary>
internal sealed class CallerThread(ICalled called, Schedule schedule)
{
    private readonly Lock _lock = new();
    private readonly List<Task> _open = [];

    /// <summary>Gets the latencies from the scheduled start of each call.</summary>
    internal LatencyHistogram FromIntended { get; } = new();

    /// <summary>Gets the latencies from the actual start of each call, without the wait for previous calls.</summary>
    internal LatencyHistogram FromStarted { get; } = new();

    internal void Run()
    {
        for (long i = 0; i < schedule.Calls; i++)
        {
            long intended = schedule[i];
            long started = Schedule.Wait(intended);
            ValueTask call = called.CallAsync();
            if (call.IsCompletedSuccessfully)
            {
                Note(intended, started);
            }
            else
            {
                // The next call does not wait for this one, because in an application it belongs to another request.
                _open.Add(NoteLaterAsync(call, intended, started));
            }
        }

        Task.WhenAll(_open).GetAwaiter().GetResult();
    }

    private async Task NoteLaterAsync(ValueTask call, long intended, long started)
    {
        await call;
        Note(intended, started);
    }

    private void Note(long intended, long started)
    {
        long now = Stopwatch.GetTimestamp();

        // Calls that complete after they have returned are recorded by other threads.
        lock (_lock)
        {
            FromIntended.Record(Schedule.Nanoseconds(intended, now));
            FromStarted.Record(Schedule.Nanoseconds(started, now));
        }
    }
}
