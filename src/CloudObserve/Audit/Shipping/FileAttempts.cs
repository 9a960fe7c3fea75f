using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Delivery;
using Polly;
using Polly.Retry;

namespace CloudObserve.Audit.Shipping;

/// <summary>Makes attempts to ship a file, with the same classes of errors, pauses and reports as batches have.</summary>
/// <param name="events">Who is told.</param>
/// <param name="signal">In whose name.</param>
/// <param name="longestPause">The longest pause between two attempts.</param>
/// <param name="time">The clock.</param>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class FileAttempts(IDiagnosticEvents events, string signal, TimeSpan longestPause, TimeProvider time)
{
    private const string Operation = "ShipFile";

    // A file has up to 50 MB, before compression: longer than a batch takes, and still not for ever.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private readonly RetrySchedule _schedule = new(longestPause, Random.Shared.NextDouble);

    /// <summary>Makes one attempt.</summary>
    /// <returns>Whether the file is there.</returns>
    internal async Task<bool> OnceAsync(IAuditFileShipper shipper, AuditFile file, CancellationToken cancellation)
    {
        SendResult result = await AttemptAsync(shipper, file, cancellation).ConfigureAwait(false);
        Report(shipper, file, result, attempt: 1, TimeSpan.Zero);
        return result.Error == ErrorClass.None;
    }

    /// <summary>Makes attempts until the file is there: nothing else can be shipped before it.</summary>
    /// <returns><see langword="true"/>.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal async Task<bool> UntilTakenAsync(IAuditFileShipper shipper, AuditFile file, CancellationToken cancellation)
    {
        ResiliencePipelineBuilder<SendResult> builder = new() { Name = "CloudObserve", TimeProvider = time };
        ResiliencePipeline<SendResult> pipeline = builder.AddRetry(Retry(shipper, file)).Build();
        SendResult taken = await pipeline.ExecuteAsync(token => AttemptAsync(shipper, file, token), cancellation).ConfigureAwait(false);
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

    // What a store refuses for good is tried again too, only seldom: a file of the trail cannot be given up, and somebody may mend the store.
    private TimeSpan PauseOf(SendResult failure, int failures) =>
        ErrorPolicy.For(failure.Error).Retried ? _schedule.Pause(failure, failures, urgent: false) : longestPause;

    private async ValueTask<SendResult> AttemptAsync(IAuditFileShipper shipper, AuditFile file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using CancellationTokenSource timeout = new(Timeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            return await shipper.ShipAsync(file, either.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            return ErrorClassifier.Classify(fault, out _);
        }
    }

    private void Report(IAuditFileShipper shipper, AuditFile file, SendResult result, int attempt, TimeSpan pause)
    {
        if (result.Error == ErrorClass.None)
        {
            events.BatchDelivered(signal, Operation, shipper.Destination, 1, new FileInfo(file.Path).Length, TimeSpan.Zero);
        }
        else
        {
            events.BatchRetrying(
                signal, Operation, shipper.Destination, result.Error.ToString(), result.Code, $"{file.Key}: {result.Message}", attempt, pause);
        }
    }
}
