using System.Diagnostics;

namespace CloudObserve.LoadTests.Working;

/// <summary>Writes from several threads as fast as the library accepts data.</summary>
/// <remarks>
/// It is a closed loop: no thread writes while too much is in flight. Each call returns when all of its data is delivered, so that
/// everything counted during its time has been delivered.
/// </remarks>
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
            // Short compared with the delivery of the data in flight, so that there is always data left to deliver.
            Thread.Sleep(Pause);
        }
    });

    /// <summary>Puts samples.</summary>
    /// <remarks>They need no limit: a series is one set of buckets, whatever the number of samples.</remarks>
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
