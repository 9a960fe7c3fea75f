namespace CloudObserve.LoadTests.Calling;

/// <summary>A library, set up, whose caller's call is timed.</summary>
/// <threadsafety>Calls come from several threads at once, the rest from one.</threadsafety>
internal interface ICalled : IAsyncDisposable
{
    /// <summary>Makes the call once.</summary>
    /// <returns>A task that completes when the call has done what it promises; for all but audit records, the call's own return.</returns>
    ValueTask CallAsync();

    /// <summary>Waits for what the library does in the background.</summary>
    /// <returns>How many calls' content was lost so far.</returns>
    ValueTask<long> DrainAsync();
}
