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
internal sealed class WebhookSender : IDisposable
{
    internal const string IdHeader = "X-CloudObserve-Notification-Id";
    internal const string SignatureHeader = "X-CloudObserve-Signature";

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _timeProvider;
    private readonly HttpClient _client;

    internal WebhookSender(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
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

    /// <summary>Makes one attempt.</summary>
    internal async Task<SendResult> SendAsync(Webhook webhook, AlarmNotification notification, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(webhook, notification);
        using HttpResponseMessage answer = await _client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        return ResultOf(answer);
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request(Webhook webhook, AlarmNotification notification)
    {
        byte[] body = Encoding.UTF8.GetBytes(WebhookBody.Write(webhook, notification));
        HttpRequestMessage request = new(HttpMethod.Post, webhook.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add(IdHeader, notification.Id);
        foreach ((string name, string value) in webhook.Headers)
        {
            _ = request.Headers.TryAddWithoutValidation(name, value);
        }

        if (webhook.Secret is { } secret)
        {
            string time = _timeProvider.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            byte[] signed = [.. Encoding.ASCII.GetBytes($"{time}."), .. body];
            string signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
            request.Headers.Add(SignatureHeader, $"t={time},v1={signature}");
        }

        return request;
    }

    private static SendResult ResultOf(HttpResponseMessage answer)
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
            HttpStatusCode.Gone => SendResult.Dropped(1, LossReason.Rejected, code, "The webhook was removed."),
            HttpStatusCode.RequestEntityTooLarge =>
                SendResult.Failed(ErrorClass.TooLarge, code, "The message is too large for the webhook."),
            HttpStatusCode.TooManyRequests =>
                SendResult.Failed(ErrorClass.Throttled, code, "The webhook asks to slow down.", answer.Headers.RetryAfter?.Delta),
            < HttpStatusCode.InternalServerError => SendResult.Failed(ErrorClass.Invalid, code, "The webhook refuses the message."),
            _ => SendResult.Failed(ErrorClass.Unavailable, code, "The webhook has failed.", answer.Headers.RetryAfter?.Delta),
        };
    }
}
