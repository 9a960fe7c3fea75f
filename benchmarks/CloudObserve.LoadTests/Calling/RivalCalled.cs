using CloudObserve.Benchmarks.Logs;

namespace CloudObserve.LoadTests.Calling;

/// <summary>Represents a log call of another library, which writes events as JSON in the background and drops them.</summary>
/// <remarks>It sends no requests.</remarks>
internal sealed class RivalCalled : ICalled
{
    private readonly ILogPipeline _pipeline;
    private readonly Thread? _reader;
    private long _calls;
    private long _rounds;
    private volatile bool _ended;

    /// <param name="pipeline">The library.</param>
    /// <param name="isRead">Whether this class must read the logged events, because the library leaves this to its sink.</param>
    internal RivalCalled(ILogPipeline pipeline, bool isRead)
    {
        _pipeline = pipeline;
        _reader = isRead ? new Thread(Read) : null;
        _reader?.Start();
    }

    public ValueTask CallAsync()
    {
        _ = Interlocked.Increment(ref _calls);
        ShopMessages.OrderPlacedGenerated(_pipeline.Logger);
        return default;
    }

    public ValueTask<long> DrainAsync()
    {
        if (_reader is null)
        {
            _pipeline.Drain();
        }
        else
        {
            // Only one thread reads at a time. The round after the current one finds everything that exists now.
            long round = Interlocked.Read(ref _rounds) + 2;
            SpinWait.SpinUntil(() => Interlocked.Read(ref _rounds) >= round);
        }

        return ValueTask.FromResult(Interlocked.Read(ref _calls) - _pipeline.Arrived);
    }

    public ValueTask DisposeAsync()
    {
        _ended = true;
        _reader?.Join();
        _pipeline.Dispose();
        return default;
    }

    // It polls at intervals, as a timer would. Waking the reader for each event would add to the time of the call.
    private void Read()
    {
        while (!_ended)
        {
            _pipeline.Drain();
            _ = Interlocked.Increment(ref _rounds);
            Thread.Sleep(1);
        }
    }
}
