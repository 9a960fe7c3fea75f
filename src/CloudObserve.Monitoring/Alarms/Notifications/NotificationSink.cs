using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using CloudObserve.Delivery;

namespace CloudObserve.Monitoring.Alarms.Notifications;

/// <summary>Makes one attempt to post a notification to a webhook.</summary>
/// <remarks>
/// Redirects are not followed, because the target of a redirect would receive the signature and the headers. The content of an answer is
/// not read, and not part of any message, because it may repeat a secret.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class NotificationSink : IBatchSink, IDisposable
{
    internal const string IdHeader = "X-CloudObserve-Notification-Id";
    internal const string SignatureHeader = "X-CloudObserve-Signature";

    private const string GoneTarget = "The topic has no such target any more.";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly TopicTarget _target;
    private readonly TimeProvider _timeProvider;
    private readonly HttpClient _client;

    internal NotificationSink(TopicTarget target, TimeProvider timeProvider)
    {
        (_target, _timeProvider) = (target, timeProvider);
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            ActivityHeadersPropagator = null,
        };

        // The channel limits the time of an attempt.
        _client = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <inheritdoc/>
    public async ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        (string id, ReadOnlyMemory<byte> body) = Parse(batch.Body);
        if (_target.HasArrived(batch.Destination, id))
        {
            // A repeat may be the one that is waited for.
            _target.Finish(batch.Destination, id, null);
            return SendResult.Delivered();
        }

        if (_target.Find(batch.Destination) is not { } webhook)
        {
            _target.Finish(batch.Destination, id, GoneTarget);
            return SendResult.Dropped(batch.ItemCount, LossReason.Rejected, "NoSuchTarget", GoneTarget);
        }

        using HttpRequestMessage request = Request(webhook, id, body);
        using HttpResponseMessage answer = await _client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        SendResult result = ResultOf(answer, batch.ItemCount);
        if (result.Error is ErrorClass.None or ErrorClass.Invalid or ErrorClass.TooLarge)
        {
            bool hasArrived = result.Error == ErrorClass.None && result.Rejected.Count == 0;
            _target.Finish(batch.Destination, id, hasArrived ? null : $"The webhook answered with {(int)answer.StatusCode}.");
        }

        return result;
    }

    public void Dispose() => _client.Dispose();

    private static (string Id, ReadOnlyMemory<byte> Body) Parse(ReadOnlyMemory<byte> batch)
    {
        int end = batch.Span.IndexOf((byte)'\n');
        return end < 0 ? ("", batch) : (Encoding.UTF8.GetString(batch.Span[..end]), batch[(end + 1)..]);
    }

    private HttpRequestMessage Request(Webhook webhook, string id, ReadOnlyMemory<byte> body)
    {
        HttpRequestMessage request = new(HttpMethod.Post, webhook.Address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add(IdHeader, id);
        foreach ((string name, string value) in webhook.Headers)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value);
        }

        if (webhook.Secret is { } secret)
        {
            string time = _timeProvider.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            byte[] signed = [.. Encoding.ASCII.GetBytes($"{time}."), .. body.Span];
            string signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
            request.Headers.Add(SignatureHeader, $"t={time},v1={signature}");
        }

        return request;
    }

    private static SendResult ResultOf(HttpResponseMessage answer, int items)
    {
        string code = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        return answer.StatusCode switch
        {
            < HttpStatusCode.MultipleChoices => SendResult.Delivered(),
            < HttpStatusCode.BadRequest => SendResult.Failed(ErrorClass.Unavailable, code, "The webhook redirects, which is not followed."),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                SendResult.Failed(ErrorClass.Unauthorized, code, "The webhook does not allow the request."),
            HttpStatusCode.NotFound => SendResult.Failed(ErrorClass.MissingResource, code, "The webhook does not exist."),
            HttpStatusCode.RequestTimeout => SendResult.Failed(ErrorClass.Unavailable, code, "The webhook took too long."),
            HttpStatusCode.Gone => SendResult.Dropped(items, LossReason.Rejected, code, "The webhook was removed."),
            HttpStatusCode.RequestEntityTooLarge =>
                SendResult.Failed(ErrorClass.TooLarge, code, "The message is too large for the webhook."),
            HttpStatusCode.TooManyRequests =>
                SendResult.Failed(ErrorClass.Throttled, code, "The webhook asks to slow down.", answer.Headers.RetryAfter?.Delta),
            < HttpStatusCode.InternalServerError => SendResult.Failed(ErrorClass.Invalid, code, "The webhook refuses the message."),
            _ => SendResult.Failed(ErrorClass.Unavailable, code, "The webhook has failed.", answer.Headers.RetryAfter?.Delta),
        };
    }
}
