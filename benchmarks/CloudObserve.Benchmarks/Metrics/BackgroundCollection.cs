namespace CloudObserve.Benchmarks.Metrics;

/// <summary>Collects every few milliseconds during the measurement, about ten thousand times as often as in production.</summary>
internal sealed class BackgroundCollection : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    internal BackgroundCollection(Action collect)
    {
        _thread = new Thread(() =>
        {
            while (!_stop.Wait(Interval))
            {
                collect();
            }
        });
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }
}
