using System.Net.Http;
using System.Security.Authentication;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Says of a request without an answer whether the service may have taken it.</summary>
internal static class TransportFaults
{
    /// <summary>Classifies an exception of the HTTP stack, however deep the SDK has wrapped it.</summary>
    /// <returns><see langword="null"/> when it is none.</returns>
    internal static SendResult? Classify(Exception exception)
    {
        for (Exception? at = exception; at is not null; at = at.InnerException)
        {
            ErrorClass error = ClassOf(at);
            if (error != ErrorClass.None)
            {
                return SendResult.Failed(error, at.GetType().Name, exception.GetBaseException().Message);
            }
        }

        return null;
    }

    private static ErrorClass ClassOf(Exception exception) => exception switch
    {
        HttpRequestException http => ClassOf(http.HttpRequestError),

        // The only clock below us is that of connecting; the attempt's own token has been ruled out by the caller.
        OperationCanceledException => ErrorClass.Unavailable,
        AuthenticationException => ErrorClass.Unavailable,
        IOException => ErrorClass.Ambiguous,
        _ => ErrorClass.None,
    };

    private static ErrorClass ClassOf(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError or HttpRequestError.VersionNegotiationError => ErrorClass.Unavailable,
        _ => ErrorClass.Ambiguous,
    };
}
