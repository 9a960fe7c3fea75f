using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Amazon.Runtime;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;

namespace CloudObserve.Sinks.CloudWatch;

/// <summary>Makes single calls to AWS and returns their outcomes. Does not retry.</summary>
/// <remarks>AWS is not contacted before the first call. Anything missing then is looked for again at the next call.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class ServiceCaller(AwsOptions options, TimeProvider time, IDiagnosticEvents events) : IDisposable
{
    private const string WhereCredentialsComeFrom =
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile (AWS_PROFILE) or AwsOptions.Credentials, or give the container "
            + "or instance an IAM role.";

    // One client per service, by the service's id.
    private readonly ConcurrentDictionary<string, SharedCreation<ServiceClient>> _clients = new(StringComparer.Ordinal);

    // 1 from the moment expired credentials were discarded until a request succeeds. Discarding them twice in a row would not help.
    private int _renewing;

    /// <summary>Makes one call.</summary>
    /// <param name="operation">The operation to call.</param>
    /// <param name="body">The request body. It is read until the call has ended.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    internal async ValueTask<ServiceAnswer> CallAsync(
        ServiceOperation operation, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        ServiceClient client;
        try
        {
            client = await ClientOf(operation.Protocol).GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonClientException exception)
        {
            // The configuration may be corrected while the data waits, and a slow metadata service may recover.
            return Unanswered(SendResult.Failed(ErrorClass.Unauthorized, "InvalidConfiguration", exception.Message));
        }

        CompressionPolicy compression = client.Compression;
        using RequestBody wire = compression.Applies(operation, body.Length) ? RequestBody.Gzip(body) : RequestBody.Plain(body);
        return await SendAsync(client, new OperationRequest(operation, wire), body.Length, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (SharedCreation<ServiceClient> client in _clients.Values)
        {
            client.Existing?.Dispose();
        }
    }

    private SharedCreation<ServiceClient> ClientOf(ServiceProtocol protocol) => _clients.GetOrAdd(
        protocol.ServiceId,
        static (_, made) => new SharedCreation<ServiceClient>(
            () => new ServiceClient(new ServiceConfig(made.protocol, made.options), made.options.Credentials)),
        (protocol, options));

    private async ValueTask<ServiceAnswer> SendAsync(
        ServiceClient client, OperationRequest request, int plainBytes, CancellationToken cancellationToken)
    {
        try
        {
            OperationResponse response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            events.BodySent(request.Operation.Name, plainBytes, request.Body.Length);
            Volatile.Write(ref _renewing, 0);
            return new ServiceAnswer(SendResult.Delivered(), "", response.Content, response.ServiceTime);
        }
        catch (ServiceFaultException exception)
        {
            events.BodySent(request.Operation.Name, plainBytes, request.Body.Length);
            return new ServiceAnswer(await AnsweredAsync(client, exception).ConfigureAwait(false), exception.ErrorCode, default);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (Classify(request, exception) is { } result)
            {
                return Unanswered(result);
            }

            throw;
        }
    }

    private async ValueTask<SendResult> AnsweredAsync(ServiceClient client, ServiceFaultException exception)
    {
        ErrorClass error = CloudWatchErrors.Classify(exception.ErrorCode, exception.StatusCode);
        if (error == ErrorClass.None)
        {
            return SendResult.Delivered();
        }

        if (CloudWatchErrors.IsExpiredCredentials(exception.ErrorCode) && Interlocked.Exchange(ref _renewing, 1) == 0
            && await client.RenewCredentialsAsync().ConfigureAwait(false))
        {
            // With new credentials one more attempt is enough, so no help is needed.
            error = ErrorClass.Unavailable;
        }

        string code = exception.ErrorCode.Length > 0 ? exception.ErrorCode : $"HTTP {(int)exception.StatusCode}";
        return SendResult.Failed(error, code, exception.Message, RetryAfter(exception.RetryAfter));
    }

    private static ServiceAnswer Unanswered(SendResult result) => new(result, "", default);

    private static SendResult? Classify(OperationRequest request, Exception exception)
    {
        if (!request.IsSigned)
        {
            return SendResult.Failed(
                ErrorClass.Unauthorized,
                "NoCredentials",
                $"No AWS credentials were found. {WhereCredentialsComeFrom} The SDK says: {exception.Message.Trim()}");
        }

        if (TransportFaults.Classify(exception) is { } broken)
        {
            return broken;
        }

        // A response arrived but could not be read: the fault is the sender's, whatever exception the SDK throws.
        if (request.AnswerStatus is { } status)
        {
            ErrorClass error = (int)status < 300 ? ErrorClass.Ambiguous : CloudWatchErrors.Classify("", status);
            return SendResult.Failed(
                error, "UnreadableAnswer", $"The response with HTTP status {(int)status} cannot be read: {exception.Message}");
        }

        return exception is AmazonClientException
            ? SendResult.Failed(ErrorClass.Unauthorized, "InvalidConfiguration", exception.Message) : null;
    }

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
