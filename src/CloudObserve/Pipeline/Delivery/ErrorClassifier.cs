using System.Net.Http;
using System.Net.Sockets;
using CloudObserve.Delivery;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Maps exceptions of a sink to error classes.</summary>
internal static class ErrorClassifier
{
    /// <summary>Classifies an exception by the first known exception in its chain.</summary>
    /// <param name="exception">The exception thrown by the sink.</param>
    /// <param name="known">Whether the exception was recognized. An unknown exception should be reported.</param>
    /// <returns>The failure. An unknown exception counts as <see cref="ErrorClass.Unavailable"/>, so that data waits and is not
    /// lost.</returns>
    internal static SendResult Classify(Exception exception, out bool known)
    {
        for (Exception? link = exception; link is not null; link = link.InnerException)
        {
            if (ClassOf(link) is { } error)
            {
                known = true;
                return SendResult.Failed(error, link.GetType().Name, exception.Message);
            }
        }

        known = false;
        return SendResult.Failed(ErrorClass.Unavailable, exception.GetType().Name, exception.Message);
    }

    private static ErrorClass? ClassOf(Exception exception) => exception switch
    {
        // Whichever side timed out, the request may already have been sent.
        OperationCanceledException or TimeoutException => ErrorClass.Ambiguous,
        HttpRequestException http => ClassOf(http),
        SocketException socket => ClassOf(socket.SocketErrorCode),
        IOException io => io.InnerException is SocketException inner ? ClassOf(inner.SocketErrorCode) : ErrorClass.Ambiguous,
        _ => null,
    };

    private static ErrorClass ClassOf(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError or HttpRequestError.VersionNegotiationError => ErrorClass.Unavailable,

        // Without a reason, the inner exception decides: an I/O error can occur after the body was sent.
        HttpRequestError.Unknown when exception.InnerException is SocketException socket => ClassOf(socket.SocketErrorCode),
        HttpRequestError.Unknown when exception.InnerException is null => ErrorClass.Unavailable,
        _ => ErrorClass.Ambiguous,
    };

    private static ErrorClass ClassOf(SocketError error) => error switch
    {
        // These errors break an established connection, so the request may have arrived.
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.TimedOut
            or SocketError.Shutdown => ErrorClass.Ambiguous,
        _ => ErrorClass.Unavailable,
    };
}
