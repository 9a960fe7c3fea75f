using Microsoft.AspNetCore.Http;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>
/// Observes the start of the response to an audited request, and so detects whether the connection ended before the response was complete.
/// </summary>
/// <remarks>
/// A server no longer cancels the request after it has received the last byte of the response. So a client that leaves after that has not
/// interrupted it.
/// </remarks>
/// <threadsafety>Not safe for concurrent use, like the response itself.</threadsafety>
internal sealed class ResponseProgress
{
    private readonly HttpContext _context;
    private bool _hasBegun;

    internal ResponseProgress(HttpContext context, RecordedLifetime lifetime)
    {
        _context = context;
        Lifetime = lifetime;
        context.Response.OnStarting(Begin);
    }

    /// <summary>Gets the request's lifetime, which knows who ended the connection.</summary>
    internal RecordedLifetime Lifetime { get; }

    /// <summary>Gets a value indicating whether the connection ended after the response began and before it was complete.</summary>
    internal bool IsCutOff => _hasBegun && Lifetime.IsAborted && HasBody;

    // The data of a WebSocket is not a response body. How its connection ends is up to the hub.
    private bool HasBody => !HttpMethods.IsHead(_context.Request.Method) && !HttpMethods.IsConnect(_context.Request.Method)
        && _context.Response.StatusCode is not (StatusCodes.Status101SwitchingProtocols or StatusCodes.Status204NoContent
            or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified);

    private Task Begin()
    {
        // A response that begins after the client has disconnected is not cut off. The record already says that the client disconnected.
        _hasBegun = !Lifetime.IsAborted;
        return Task.CompletedTask;
    }
}
