namespace CloudObserve.LoadTests.Calling;

/// <summary>Represents a library that is set up for timing its calls.</summary>
/// <threadsafety>CallAsync is called from several threads concurrently; everything else from one thread.</threadsafety>
internal interface ICalled : IAsyncDisposable
{
    /// <summary>Makes one call.</summary>
    /// <returns>
    /// A task that completes when the promise of the call holds. Only for audit records this is later than the return of the call.
    /// </returns>
    ValueTask CallAsync();

    /// <summary>Waits for the library's background work.</summary>
    /// <returns>The number of calls so far whose data was lost.</returns>
    ValueTask<long> DrainAsync();
}
