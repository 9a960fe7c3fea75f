using System.Net.Http.Headers;
using System.Text;
using Amazon.Runtime;
using CloudObserve.Delivery;
using CloudObserve.Sinks.CloudWatch;

namespace CloudObserve.Monitoring.Alarms.Provisioning;

/// <summary>Makes single calls to the alarm operations of CloudWatch and returns their outcomes. Does not retry.</summary>
/// <remarks>AWS is not contacted before the first call. Anything missing then is looked for again at the next call.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class AlarmServiceClient(AwsOptions options, TimeProvider time) : IDisposable
{
    internal static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(15);

    private ServiceClient? _client;

    public void Dispose() => _client?.Dispose();

    /// <summary>Makes one call.</summary>
    /// <param name="operation">The operation, such as <c>PutMetricAlarm</c>.</param>
    /// <param name="json">The input.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The outcome, and the JSON of a successful answer.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    internal async Task<(SendResult Result, ReadOnlyMemory<byte> Content)> CallAsync(
        string operation, string json, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(RequestTimeout, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using RequestBody body = RequestBody.Plain(Encoding.UTF8.GetBytes(json));
        OperationRequest request = new(new ServiceOperation(operation, ServiceProtocol.CloudWatch, Compressible: false), body);
        try
        {
            // The SDK may read files and ask the metadata service while it creates a client.
            _client ??= await Task.Run(
                () => new ServiceClient(new ServiceConfig(ServiceProtocol.CloudWatch, options), options.Credentials), linked.Token)
                .ConfigureAwait(false);
            OperationResponse response = await _client.SendAsync(request, linked.Token).ConfigureAwait(false);
            return (SendResult.Delivered(), response.Content);
        }
        catch (ServiceFaultException exception)
        {
            ErrorClass error = CloudWatchErrors.Classify(exception.ErrorCode, exception.StatusCode);
            string code = exception.ErrorCode.Length > 0 ? exception.ErrorCode : $"HTTP {(int)exception.StatusCode}";
            return (SendResult.Failed(error, code, exception.Message, RetryAfter(exception.RetryAfter)), default);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (SendResult.Failed(ErrorClass.Unavailable, "RequestTimeout", $"There was no answer within {RequestTimeout}."), default);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return (Unanswered(request, exception), default);
        }
    }

    private static SendResult Unanswered(OperationRequest request, Exception exception) =>
        request.IsSigned && TransportFaults.Classify(exception) is { } broken ? broken
        : exception is AmazonClientException or InvalidOperationException && !request.IsSigned
            ? SendResult.Failed(ErrorClass.Unauthorized, "NoCredentials", exception.Message.Trim())
        : SendResult.Failed(ErrorClass.Invalid, exception.GetType().Name, exception.Message);

    private TimeSpan? RetryAfter(string? header)
    {
        if (!RetryConditionHeaderValue.TryParse(header, out RetryConditionHeaderValue? condition))
        {
            return null;
        }

        TimeSpan? pause = condition.Delta ?? (condition.Date - time.GetUtcNow());
        return pause > TimeSpan.Zero ? pause : null;
    }
}
