using System.Net;
using Amazon.Runtime;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.S3;

/// <summary>Makes the HTTP client under the SDK. What a store, or a proxy in front of it, answers is read up to a limit.</summary>
internal sealed class BoundedHttpClientFactory : HttpClientFactory
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    // Short enough to follow DNS when a store moves.
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

        // The attempt's own token ends it.
        return new HttpClient(new BoundedAnswerHandler(handler), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore CA2000
    }

    // Null: the client lives and dies with its AWS client instead of being shared through a process-wide cache.
    public override string? GetConfigUniqueString(IClientConfig clientConfig) => null;
}
