using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Sinks.Local.Segments;

namespace CloudObserve.Sinks.Local;

/// <summary>Sends batches to the embedded CloudWatch, which takes or refuses them as AWS would.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
/// <param name="ingestion">Applies the batches.</param>
/// <param name="kept">Keeps on disk what was taken; <see langword="null"/> if nothing is kept.</param>
internal sealed class LocalSink(LocalIngestion ingestion, KeptBatches? kept) : IBatchSink
{
    /// <param name="cloudWatch">The embedded CloudWatch.</param>
    /// <param name="groups">The settings of a log group, by its name, when it is created; <see langword="null"/> is none for any.</param>
    internal LocalSink(EmbeddedCloudWatch cloudWatch, Func<string, LogGroupSettings>? groups = null)
        : this(new LocalIngestion(cloudWatch, groups), null)
    {
    }

    /// <summary>Gets the files in which the batches are kept; <see langword="null"/> if nothing is kept.</summary>
    internal KeptBatches? Kept => kept;

    /// <inheritdoc/>
    public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Arrival arrival = ingestion.CloudWatch.Arrive();
        SendResult result = Apply(batch, arrival);

        // The clock is the store's own, so only events that were logged before it was set back are moved.
        using RetimedEvents? retimed = RetimedEvents.Make(batch, result, clock: arrival.Time, service: arrival.Time);
        return ValueTask.FromResult(retimed is null ? result : retimed.Combine(Apply(retimed.Batch, arrival)));
    }

    private SendResult Apply(Batch batch, Arrival arrival)
    {
        SendResult result = ingestion.Apply(batch.Operation, batch.Body.Span, arrival);
        if (result.Error == ErrorClass.None)
        {
            kept?.Add(batch, arrival);
        }

        return result;
    }
}
