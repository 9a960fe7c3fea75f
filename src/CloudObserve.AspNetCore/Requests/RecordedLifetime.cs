using Microsoft.AspNetCore.Http.Features;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>Represents the lifetime of an audited request.</summary>
/// <remarks>
/// It knows whether the client or the application (<c>HttpContext.Abort()</c>) ended the connection. The client's own token is stored at
/// the beginning, because middleware may replace the request's token, for example with one that times out. Servers cancel the token some
/// time after <see cref="Abort"/> and on another thread, so the call itself is remembered.
/// </remarks>
/// <threadsafety>Safe for concurrent use to the extent that the server's own feature is.</threadsafety>
internal sealed class RecordedLifetime(IHttpRequestLifetimeFeature inner) : IHttpRequestLifetimeFeature
{
    private readonly CancellationToken _client = inner.RequestAborted;

    // Written by the thread that aborts, and read when the request ends.
    private volatile bool _isAborted;

    public CancellationToken RequestAborted
    {
        get => inner.RequestAborted;
        set => inner.RequestAborted = value;
    }

    internal IHttpRequestLifetimeFeature Inner => inner;

    /// <summary>Gets a value indicating whether the application aborted the connection.</summary>
    internal bool IsAbortedByApplication => _isAborted;

    /// <summary>Gets a value indicating whether the client disconnected.</summary>
    internal bool IsAbortedByClient => !_isAborted && _client.IsCancellationRequested;

    internal bool IsAborted => _isAborted || _client.IsCancellationRequested;

    public void Abort()
    {
        // ASP.NET Core aborts requests whose client has disconnected. This still counts as a disconnect by the client.
        _isAborted |= !_client.IsCancellationRequested;
        inner.Abort();
    }
}
