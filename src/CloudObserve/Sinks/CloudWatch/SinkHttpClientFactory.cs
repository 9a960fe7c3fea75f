using System.Net;
using Amazon.Runtime;
using CloudObserve.Delivery;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Creates the HTTP client used by the SDK, which does not appear in the application's traces or logs.</summary>
/// <remarks>
/// The SDK's own client would repeat a request whose pooled connection broke, although only the response may have been lost, and would
/// start an activity for each request, so that sending telemetry would create telemetry. This client does not come from
/// <c>IHttpClientFactory</c>, so it has no <c>System.Net.Http.HttpClient.*</c> log category. The part of a response that it reads is
/// limited.
/// </remarks>
internal sealed class SinkHttpClientFactory : HttpClientFactory
{
    // Well below the default request timeout, so that a failed connection is distinguished from a missing response.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // Long enough to outlive a flush interval, and short enough to follow DNS when AWS moves an endpoint.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
        ArgumentNullException.ThrowIfNull(clientConfig);
#pragma warning disable CA2000 // The client owns and disposes the handlers.
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
        };
        if (clientConfig.GetWebProxy() is { } proxy)
        {
            handler.Proxy = proxy;
            handler.DefaultProxyCredentials = clientConfig.ProxyCredentials;
        }

        // The attempt's own token ends the request; a second timer here would make its outcome ambiguous.
        return new HttpClient(new BoundedAnswerHandler(new ConnectionWitness(handler)), disposeHandler: true)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
#pragma warning restore CA2000
    }

    // Null: the client belongs to its AWS client and is not shared through a process-wide cache.
    public override string? GetConfigUniqueString(IClientConfig clientConfig) => null;
}
