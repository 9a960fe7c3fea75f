using System.Net.Http;
using System.Net.Sockets;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Says what an exception of a sink means for the batch: the only place that does.</summary>
internal static class ErrorClassifier
{
    /// <summary>Classifies an exception by the first one in its chain that is known.</summary>
    /// <param name="exception">What the sink threw.</param>
    /// <param name="known">Whether it was recognised; if not, it is a fault worth reporting.</param>
    /// <returns>The failure. The unknown is taken for <see cref="ErrorClass.Unavailable"/>: data waits rather than goes.</returns>
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
        // Whoever ran out of patience, the request may have been on its way.
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

        // Without a reason it depends on what lies beneath: an I/O error can strike after the body was sent.
        HttpRequestError.Unknown when exception.InnerException is SocketException socket => ClassOf(socket.SocketErrorCode),
        HttpRequestError.Unknown when exception.InnerException is null => ErrorClass.Unavailable,
        _ => ErrorClass.Ambiguous,
    };

    private static ErrorClass ClassOf(SocketError error) => error switch
    {
        // These break a connection that stood, so the request may have arrived.
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.TimedOut or SocketError.Shutdown => ErrorClass.Ambiguous,
        _ => ErrorClass.Unavailable,
    };
}
