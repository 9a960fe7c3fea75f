using System.Diagnostics;

namespace CloudObserve.LoadTests.Working;

/// <summary>Writes from several threads as fast as the library takes it: a closed loop, in which nobody writes while too much is in flight.</summary>
/// <remarks>Each call returns when all of it is delivered, so that what is counted over its time has gone the whole way.</remarks>
internal sealed class Saturation(Load load, ICloudObserve observe)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    internal void WriteEvents(TimeSpan time, int writers) => Write(time, writers, () =>
    {
        if (load.HasRoom)
        {
            load.WriteBlock();
        }
        else
        {
            // Short against what it takes to deliver what is in flight, so that there is always something left to do.
            Thread.Sleep(Pause);
        }
    });

    /// <summary>Puts samples. They need no room: however many there are, a series is one set of buckets.</summary>
    internal void PutSamples(TimeSpan time, int writers) => Write(time, writers, load.PutBlock);

    private void Write(TimeSpan time, int writers, Action write)
    {
        long start = Stopwatch.GetTimestamp();
        Thread[] threads = [.. Enumerable.Range(0, writers).Select(_ => new Thread(() =>
        {
            while (Stopwatch.GetElapsedTime(start) < time)
            {
                write();
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        _ = observe.FlushAsync().AsTask().GetAwaiter().GetResult();
    }
}
