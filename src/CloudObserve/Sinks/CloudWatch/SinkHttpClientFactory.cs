using System.Net;
using Amazon.Runtime;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Makes the HTTP client under the SDK: one that the application neither sees in its traces nor feeds back into its own logs.</summary>
/// <remarks>
/// The SDK's own client would repeat a request whose pooled connection broke, although the answer may be what was lost, and would start an
/// activity for each request, so that sending telemetry made telemetry. This client comes from no <c>IHttpClientFactory</c>, so it has no
/// <c>System.Net.Http.HttpClient.*</c> log category. What it reads of an answer is bounded.
/// </remarks>
internal sealed class SinkHttpClientFactory : HttpClientFactory
{
    // Well below the default request timeout, so that "could not connect" is told from "no answer".
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // Long enough to outlive a flush interval, short enough to follow DNS when AWS moves an endpoint.
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

        // The attempt's own token ends it; a second clock here would make its outcome ambiguous.
        return new HttpClient(new BoundedAnswerHandler(new ConnectionWitness(handler)), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
#pragma warning restore CA2000
    }

    // Null: the client lives and dies with its AWS client instead of being shared through a process-wide cache.
    public override string? GetConfigUniqueString(IClientConfig clientConfig) => null;
}
