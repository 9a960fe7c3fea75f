using System.Net;
using Amazon.Runtime;
using CloudObserve.Delivery;

namespace CloudObserve.S3;

/// <summary>Creates the HTTP client that the SDK uses.</summary>
/// <remarks>It limits the size of an answer, which may come from the store or from a proxy.</remarks>
internal sealed class BoundedHttpClientFactory : HttpClientFactory
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    // Short enough to follow DNS changes when the store moves.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
#pragma warning disable CA2000 // The client owns and disposes the handlers.
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
        };
        if (clientConfig.GetWebProxy() is { } proxy)
        {
            handler.Proxy = proxy;
            handler.DefaultProxyCredentials = clientConfig.ProxyCredentials;
        }

        // The cancellation token of the attempt ends the request.
        return new HttpClient(new BoundedAnswerHandler(handler), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore CA2000
    }

    // Null means that the client belongs to one AWS client and is not shared through a process-wide cache.
    public override string? GetConfigUniqueString(IClientConfig clientConfig) => null;
}
