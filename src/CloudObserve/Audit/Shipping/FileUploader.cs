using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Delivery;
using Polly;
using Polly.Retry;

namespace CloudObserve.Audit.Shipping;

/// <summary>Attempts to ship a file, with the same error classes, pauses and reports as for batches.</summary>
/// <param name="events">Receives the reports.</param>
/// <param name="signal">The name of the signal in reports.</param>
/// <param name="longestPause">The longest pause between two attempts.</param>
/// <param name="time">The clock.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class FileUploader(IDiagnosticEvents events, string signal, TimeSpan longestPause, TimeProvider time)
{
    private const string Operation = "ShipFile";

    // A file has up to 50 MB before compression, so this is longer than the timeout of a batch.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    internal string Signal => signal;

    private readonly RetrySchedule _schedule = new(longestPause, Random.Shared.NextDouble);

    /// <summary>Makes one attempt.</summary>
    /// <returns><see langword="true"/> if the file has been shipped.</returns>
    internal async Task<bool> TryUploadAsync(IAuditFileShipper shipper, AuditFile file, CancellationToken cancellationToken)
    {
        SendResult result = await AttemptAsync(shipper, file, cancellationToken).ConfigureAwait(false);
        Report(shipper, file, result, attempt: 1, TimeSpan.Zero);
        return result.Error == ErrorClass.None;
    }

    /// <summary>Makes attempts until the file has been shipped.</summary>
    /// <remarks>Nothing else can be shipped before it.</remarks>
    /// <returns><see langword="true"/>.</returns>
    /// <exception cref="OperationCanceledException">The operation was cancelled.</exception>
    internal async Task<bool> UploadWithRetryAsync(IAuditFileShipper shipper, AuditFile file, CancellationToken cancellationToken)
    {
        ResiliencePipelineBuilder<SendResult> builder = new() { Name = "CloudObserve", TimeProvider = time };
        ResiliencePipeline<SendResult> pipeline = builder.AddRetry(Retry(shipper, file)).Build();
        SendResult taken = await pipeline.ExecuteAsync(token => AttemptAsync(shipper, file, token), cancellationToken)
            .ConfigureAwait(false);
        Report(shipper, file, taken, attempt: 1, TimeSpan.Zero);
        return taken.Error == ErrorClass.None;
    }

    private RetryStrategyOptions<SendResult> Retry(IAuditFileShipper shipper, AuditFile file) => new()
    {
        MaxRetryAttempts = int.MaxValue,
        ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Result is { } result && result.Error != ErrorClass.None),
        DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(PauseOf(args.Outcome.Result!, args.AttemptNumber + 1)),
        OnRetry = args =>
        {
            Report(shipper, file, args.Outcome.Result!, args.AttemptNumber + 1, args.RetryDelay);
            return ValueTask.CompletedTask;
        },
    };

    // A file that the store refuses permanently is tried again too, but rarely: a file of the trail must not be given up, and the store may
    // be corrected.
    private TimeSpan PauseOf(SendResult failure, int failures) =>
        ErrorPolicy.For(failure.Error).Retried ? _schedule.Pause(failure, failures, urgent: false) : longestPause;

    private async ValueTask<SendResult> AttemptAsync(IAuditFileShipper shipper, AuditFile file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using CancellationTokenSource timeout = new(Timeout, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await shipper.ShipAsync(file, linked.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return ErrorClassifier.Classify(exception, out _);
        }
    }

    private void Report(IAuditFileShipper shipper, AuditFile file, SendResult result, int attempt, TimeSpan pause)
    {
        if (result.Error == ErrorClass.None)
        {
            events.BatchDelivered(
                new DeliveredBatch(signal, Operation, shipper.Destination, 1, new FileInfo(file.Path).Length, TimeSpan.Zero));
        }
        else
        {
            events.AttemptFailed(
                new FailedAttempt(
                    signal, Operation, shipper.Destination, result.Error.ToString(), result.Code, $"{file.Key}: {result.Message}")
                {
                    Attempt = attempt,
                    Pause = pause,
                });
        }
    }
}
