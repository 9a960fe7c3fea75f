using System.Globalization;
using System.Net;
using CloudObserve.Delivery;

namespace CloudObserve.EventForwarder;

/// <summary>Posts a batch to its destination.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class EndpointSink : IBatchSink, IDisposable
{
    private readonly HttpClient _client = new();

    public async ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        using ReadOnlyMemoryContent body = new(batch.Body);
        using HttpResponseMessage answer =
            await _client.PostAsync(new Uri(batch.Destination), body, cancellationToken).ConfigureAwait(false);
        string code = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => SendResult.Delivered(),
            HttpStatusCode.TooManyRequests => SendResult.Failed(ErrorClass.Throttled, code, "slow down"),
            HttpStatusCode.BadRequest => SendResult.Failed(ErrorClass.Invalid, code, "refused"),
            _ => SendResult.Failed(ErrorClass.Unavailable, code, "the receiver has failed"),
        };
    }

    public bool CanSend(string operation) => operation == "PostEvents";

    public void Dispose() => _client.Dispose();
}
