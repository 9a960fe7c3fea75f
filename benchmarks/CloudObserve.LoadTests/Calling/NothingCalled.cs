namespace CloudObserve.LoadTests.Calling;

/// <summary>No library at all: what the schedule, the clock and the machine make of an empty call. No library can be better.</summary>
internal sealed class NothingCalled : ICalled
{
    public ValueTask CallAsync() => default;

    public ValueTask<long> DrainAsync() => ValueTask.FromResult(0L);

    public ValueTask DisposeAsync() => default;
}
