using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace CloudObserve.Testing.Tests;

/// <summary>A client that shares no code with the library: plain HTTP, signed by hand.</summary>
internal sealed class SignedClient(Uri url) : IDisposable
{
    private const string Region = "eu-west-1";

    private readonly HttpClient _http = new();

    internal string Secret { get; set; } = ScriptedCloudWatch.SecretAccessKey;

    internal string Target { get; set; } = "GraniteServiceVersion20100801.PutMetricData";

    internal string Service { get; set; } = "monitoring";

    internal string ContentType { get; set; } = "application/x-amz-json-1.0";

    public void Dispose() => _http.Dispose();

    internal Task<HttpResponseMessage> PostAsync(string body) => PostAsync(Encoding.UTF8.GetBytes(body), null);

    internal async Task<HttpResponseMessage> PostAsync(byte[] body, string? encoding)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        request.Headers.Add("X-Amz-Target", Target);
        if (encoding is not null)
        {
            request.Content.Headers.Add("Content-Encoding", encoding);
        }

        Sign(request, body);
        return await _http.SendAsync(request);
    }

    private void Sign(HttpRequestMessage request, byte[] body)
    {
        string date = DateTimeOffset.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string scope = $"{date[..8]}/{Region}/{Service}/aws4_request";
        request.Headers.Add("X-Amz-Date", date);
        string canonical =
            $"POST\n/\n\nhost:{url.Authority}\nx-amz-date:{date}\nx-amz-target:{Target}\n\nhost;x-amz-date;x-amz-target\n{Hash(body)}";
        string toSign = $"AWS4-HMAC-SHA256\n{date}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonical))}";
        byte[] key = Encoding.UTF8.GetBytes("AWS4" + Secret);
        foreach (string step in scope.Split('/').Append(toSign))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step));
        }

        request.Headers.Authorization = new AuthenticationHeaderValue(
            "AWS4-HMAC-SHA256",
            $"Credential={ScriptedCloudWatch.AccessKeyId}/{scope}, SignedHeaders=host;x-amz-date;x-amz-target, Signature={Convert.ToHexStringLower(key)}");
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
