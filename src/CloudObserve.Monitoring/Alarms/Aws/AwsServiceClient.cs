using System.Net;
using System.Net.Http.Headers;
using Amazon.Runtime;
using CloudObserve.Delivery;
using CloudObserve.Sinks.CloudWatch;

namespace CloudObserve.Monitoring.Alarms.Aws;

/// <summary>Makes single calls to a service of AWS and returns their outcomes. Does not retry.</summary>
/// <remarks>AWS is not contacted before the first call. Anything missing then is looked for again at the next call.</remarks>
/// <param name="protocol">The protocol of the service.</param>
/// <param name="options">The region, the endpoint and the credentials.</param>
/// <param name="time">The clock.</param>
/// <param name="classify">Classifies the error codes of the service; <see langword="null"/> for those of CloudWatch.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AwsServiceClient(
    ServiceProtocol protocol, AwsOptions options, TimeProvider time, Func<string, HttpStatusCode, ErrorClass>? classify = null)
    : IDisposable
{
    internal static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(15);

    private readonly Func<string, HttpStatusCode, ErrorClass> _classify = classify ?? CloudWatchErrors.Classify;
    private readonly Lock _lock = new();
    private ServiceClient? _client;

    public void Dispose() => _client?.Dispose();

    /// <summary>Makes one call.</summary>
    /// <param name="operation">The operation, such as <c>PutMetricAlarm</c>.</param>
    /// <param name="input">The body of the request.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The outcome, and the body of a successful answer.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    internal async Task<(SendResult Result, ReadOnlyMemory<byte> Content)> CallAsync(
        string operation, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(RequestTimeout, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using RequestBody body = RequestBody.Plain(input);
        OperationRequest request = new(new ServiceOperation(operation, protocol, Compressible: false), body);
        try
        {
            // The SDK may read files and ask the metadata service while it creates a client.
            ServiceClient client = _client ?? await Task.Run(Connect, linked.Token).ConfigureAwait(false);
            OperationResponse response = await client.SendAsync(request, linked.Token).ConfigureAwait(false);
            return (SendResult.Delivered(), response.Content);
        }
        catch (ServiceFaultException exception)
        {
            ErrorClass error = _classify(exception.ErrorCode, exception.StatusCode);
            string code = exception.ErrorCode.Length > 0 ? exception.ErrorCode : $"HTTP {(int)exception.StatusCode}";
            return error == ErrorClass.None
                ? (SendResult.Delivered(), default)
                : (SendResult.Failed(error, code, exception.Message, RetryAfter(exception.RetryAfter)), default);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A request that was signed may have arrived.
            return (
                SendResult.Failed(
                    request.IsSigned ? ErrorClass.Ambiguous : ErrorClass.Unavailable, "RequestTimeout",
                    $"There was no answer within {RequestTimeout}."),
                default);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return (Unanswered(request, exception), default);
        }
    }

    private ServiceClient Connect()
    {
        lock (_lock)
        {
            return _client ??= new ServiceClient(new ServiceConfig(protocol, options), options.Credentials);
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
