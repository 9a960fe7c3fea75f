namespace CloudObserve.Sinks.CloudWatch;

/// <summary>
/// Tells "could not connect" from "sent, and no answer" at the one place where both can still be told: the SDK, further up, unwraps exceptions
/// and loses the reason.
/// </summary>
internal sealed class ConnectionWitness(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException fault) when (NeverConnected(fault.HttpRequestError))
        {
            throw new ConnectionFailedException(fault.Message, fault);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            // The only clock below is that of connecting.
            throw new ConnectionFailedException("The connection was not established in time.", fault);
        }
    }

    private static bool NeverConnected(HttpRequestError error) => error
        is HttpRequestError.NameResolutionError
        or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError
        or HttpRequestError.VersionNegotiationError;
}
