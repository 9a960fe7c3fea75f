using Microsoft.AspNetCore.Http;

namespace CloudObserve.AspNetCore.Requests;

/// <summary>Notices when the response to an audited request begins, and so tells whether it was cut off by a connection that ended afterwards.</summary>
/// <remarks>A server does not cancel the request any more when it has been handed the last byte of a response, so a client that goes away then has not hung up.</remarks>
/// <threadsafety>Not safe for concurrent use, as the response itself.</threadsafety>
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

    /// <summary>Gets the request's lifetime, which tells who broke the connection off.</summary>
    internal RecordedLifetime Lifetime { get; }

    /// <summary>Gets a value indicating whether the connection ended after the response began and before it was complete.</summary>
    internal bool IsCutOff => _hasBegun && Lifetime.IsAborted && HasBody;

    // The traffic of a WebSocket is no response body, and how its connection ends is the hub's affair.
    private bool HasBody => !HttpMethods.IsHead(_context.Request.Method) && !HttpMethods.IsConnect(_context.Request.Method)
        && _context.Response.StatusCode is not (StatusCodes.Status101SwitchingProtocols or StatusCodes.Status204NoContent
            or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified);

    private Task Begin()
    {
        // An answer to a client that had hung up before is not cut off: nobody waited for it, which its record says.
        _hasBegun = !Lifetime.IsAborted;
        return Task.CompletedTask;
    }
}
