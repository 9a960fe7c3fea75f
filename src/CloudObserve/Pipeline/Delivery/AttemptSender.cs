using CloudObserve.Diagnostics;

namespace CloudObserve.Pipeline.Delivery;

/// <summary>Makes one attempt and turns whatever happens into a <see cref="SendResult"/>. It never throws.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AttemptSender(IBatchSink sink, TimeSpan timeout, IDiagnosticEvents events, TimeProvider time)
{
    // A sink with a fault throws on every attempt; once per type of exception is enough to find it.
    private const int MostReported = 32;
    private readonly HashSet<Type> _reported = [];

    internal async Task<SendResult> SendAsync(BatchLease part, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(timeout, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            // Not every sink heeds its token. The wait ends regardless; the lease keeps the memory until the sink lets go of it.
            return await SendHoldingAsync(part, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return SendResult.Failed(ErrorClass.Ambiguous, "RequestTimeout", $"No answer within {timeout}.");
        }
    }

    private async Task<SendResult> SendHoldingAsync(BatchLease part, CancellationToken cancellationToken)
    {
        if (!part.TryHold())
        {
            throw new OperationCanceledException("Another attempt has settled the batch already.");
        }

        try
        {
            return await sink.SendAsync(part.Batch, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidOperationException($"{sink.GetType()} returned null instead of a result.");
        }
        catch (Exception exception)
        {
            // The sink is a stranger's code: whatever it throws is the outcome of this attempt and no more.
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

        // After a cancellation a sink may fail in odd ways that mean nothing.
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
