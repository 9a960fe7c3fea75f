namespace CloudObserve.Sinks.CloudWatch;

/// <summary>An HTTP handler that distinguishes a failed connection from a missing response.</summary>
/// <remarks>This is the only place where both can be distinguished: the SDK above unwraps exceptions and loses the reason.</remarks>
internal sealed class ConnectionWitness(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (NeverConnected(exception.HttpRequestError))
        {
            throw new ConnectionFailedException(exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The connect time-out is the only timer below this handler.
            throw new ConnectionFailedException("The connection was not established in time.", exception);
        }
    }

    private static bool NeverConnected(HttpRequestError error) => error
        is HttpRequestError.NameResolutionError
        or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError
        or HttpRequestError.ProxyTunnelError
        or HttpRequestError.VersionNegotiationError;
}
