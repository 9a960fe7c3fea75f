using CloudObserve.Benchmarks.Logs;

namespace CloudObserve.LoadTests.Calling;

/// <summary>A log call of another library, which writes its events as JSON in the background and drops them there: no request is made, and none is answered.</summary>
internal sealed class RivalCalled : ICalled
{
    private readonly ILogPipeline _pipeline;
    private readonly Thread? _reader;
    private long _calls;
    private long _rounds;
    private volatile bool _ended;

    /// <param name="pipeline">The library.</param>
    /// <param name="isRead">Whether somebody must read what is logged, because the library leaves that to its sink.</param>
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
            // One thread reads at a time, so this one waits for the other: the round after the one under way finds all that is there now.
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

    // It looks now and then, as a timer would: a reader that is woken by each event would make the caller pay for the waking.
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
