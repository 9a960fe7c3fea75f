using Microsoft.AspNetCore.Http.Features;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>The lifetime of an audited request. It remembers who broke the connection off: the client, or the application by <c>HttpContext.Abort()</c>.</summary>
/// <remarks>
/// The client's own token is kept from the beginning, because middleware may put another one in its place, such as one with a time-out. Servers cancel
/// the token some time after <see cref="Abort"/>, on another thread, so the call itself is remembered.
/// </remarks>
/// <threadsafety>Safe for concurrent use as far as the server's own feature is.</threadsafety>
internal sealed class RecordedLifetime(IHttpRequestLifetimeFeature inner) : IHttpRequestLifetimeFeature
{
    private readonly CancellationToken _client = inner.RequestAborted;

    // Written by whichever thread aborts, and read when the request ends.
    private volatile bool _isAborted;

    public CancellationToken RequestAborted
    {
        get => inner.RequestAborted;
        set => inner.RequestAborted = value;
    }

    internal IHttpRequestLifetimeFeature Inner => inner;

    /// <summary>Gets a value indicating whether the application broke the connection off.</summary>
    internal bool IsAbortedByApplication => _isAborted;

    /// <summary>Gets a value indicating whether the client hung up.</summary>
    internal bool IsAbortedByClient => !_isAborted && _client.IsCancellationRequested;

    internal bool IsAborted => _isAborted || _client.IsCancellationRequested;

    public void Abort()
    {
        // ASP.NET Core itself aborts requests whose clients have hung up: that is still the client's doing.
        _isAborted |= !_client.IsCancellationRequested;
        inner.Abort();
    }
}
