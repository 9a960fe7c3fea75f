using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace CloudObserve.S3.Tests;

/// <summary>A bucket behind the SDK's own HTTP stack: it sees what goes over the wire, and answers as it is told.</summary>
internal sealed class ScriptedS3 : HttpMessageHandler
{
    internal ScriptedS3()
    {
        Client = new AmazonS3Client(new BasicAWSCredentials("test", "test"), new AmazonS3Config
        {
            RegionEndpoint = RegionEndpoint.EUWest1,
            MaxErrorRetry = 0,
            HttpClientFactory = new Factory(this),
        });
    }

    internal AmazonS3Client Client { get; }

    /// <summary>Gets the stored objects, by key.</summary>
    internal ConcurrentDictionary<string, Dictionary<string, string>> Objects { get; } = new();

    internal ConcurrentQueue<string> Keys { get; } = new();

    /// <summary>Gets or sets the response; <see langword="null"/> responds as S3 would.</summary>
    internal Func<HttpRequestMessage, HttpResponseMessage?> Answer { get; set; } = static _ => null;

    internal static HttpResponseMessage Error(HttpStatusCode status, string code) => new(status)
    {
        Content = new StringContent($"<Error><Code>{code}</Code><Message>told so</Message></Error>", Encoding.UTF8, "application/xml"),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null)
        {
            await request.Content.LoadIntoBufferAsync(cancellationToken);
        }

        HttpResponseMessage answer = Answer(request) ?? Serve(request);
        answer.RequestMessage = request;
        answer.Headers.TryAddWithoutValidation("x-amz-request-id", "1");
        return answer;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Client.Dispose();
        }

        base.Dispose(disposing);
    }

    private HttpResponseMessage Serve(HttpRequestMessage request)
    {
        string key = request.RequestUri!.AbsolutePath.TrimStart('/');
        if (request.Method == HttpMethod.Head)
        {
            return Objects.TryGetValue(key, out Dictionary<string, string>? found)
                ? Described(found) : new HttpResponseMessage(HttpStatusCode.NotFound);
        }

        if (Objects.ContainsKey(key) && request.Headers.Contains("If-None-Match"))
        {
            return Error(HttpStatusCode.PreconditionFailed, "PreconditionFailed");
        }

        Objects[key] = request.Headers.Concat(request.Content!.Headers).Append(new("host", [request.RequestUri.Host]))
            .GroupBy(h => h.Key.ToLowerInvariant())
            .ToDictionary(h => h.Key, h => string.Join(',', h.SelectMany(v => v.Value)));
        Keys.Enqueue(key);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([]) };
    }

    private static HttpResponseMessage Described(Dictionary<string, string> found)
    {
        HttpResponseMessage answer = new(HttpStatusCode.OK) { Content = new ByteArrayContent([]) };
        foreach ((string name, string value) in found.Where(h => h.Key.StartsWith("x-amz-meta-", StringComparison.Ordinal)))
        {
            _ = answer.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }

    private sealed class Factory(ScriptedS3 bucket) : Amazon.Runtime.HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(bucket, disposeHandler: false);

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;
    }
}
