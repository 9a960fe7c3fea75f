namespace CloudObserve.LoadTests.Calling;

/// <summary>Represents an empty call, which shows the latencies of the schedule, the clock and the machine.</summary>
/// <remarks>No library can be better.</remarks>
internal sealed class NothingCalled : ICalled
{
    public ValueTask CallAsync() => default;

    public ValueTask<long> DrainAsync() => ValueTask.FromResult(0L);

    public ValueTask DisposeAsync() => default;
}
