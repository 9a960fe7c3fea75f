using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Batches;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Makes one attempt and converts its outcome, including exceptions, to a <see cref="SendResult"/>. Never throws.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AttemptSender(IBatchSink sink, TimeSpan timeout, IDiagnosticEvents events, TimeProvider time)
{
    // A faulty sink throws on every attempt; reporting each exception type once is enough.
    private const int MostReported = 32;
    private readonly HashSet<Type> _reported = [];

    internal async Task<SendResult> SendAsync(BatchLease part, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timer = new(timeout, time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            // Some sinks ignore their token. The wait ends anyway; the lease keeps the memory until the sink has returned.
            return await SendHoldingAsync(part, linked.Token).WaitAsync(linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return SendResult.Failed(ErrorClass.Ambiguous, "RequestTimeout", $"The service did not answer within {timeout}.");
        }
    }

    private async Task<SendResult> SendHoldingAsync(BatchLease part, CancellationToken cancellationToken)
    {
        if (!part.TryHold())
        {
            throw new OperationCanceledException("Another attempt has already settled the batch.");
        }

        try
        {
            return await sink.SendAsync(part.Batch, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"{sink.GetType()} returned null instead of a result.");
        }
        catch (Exception exception)
        {
            // The sink may be third-party code: whatever it throws is the outcome of this attempt only.
            return Classify(exception, cancellationToken);
        }
        finally
        {
            part.Release();
        }
    }

    private SendResult Classify(Exception exception, CancellationToken cancellationToken)
    {
        SendResult result = ErrorClassifier.Classify(exception, out bool known);

        // After a cancellation, a sink may throw arbitrary exceptions that are not worth reporting.
        if (!known && !cancellationToken.IsCancellationRequested && IsNews(exception.GetType()))
        {
            events.InternalError(sink.GetType().Name, exception);
        }

        return result;
    }

    private bool IsNews(Type type)
    {
        lock (_reported)
        {
            return _reported.Count < MostReported && _reported.Add(type);
        }
    }
}
