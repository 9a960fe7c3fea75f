using Worker.Telemetry;

namespace Worker.Parcels;

/// <summary>Takes parcels off the queue, several at a time, until it is closed and empty.</summary>
/// <remarks>
/// It does not look at the token of the host's shutdown: what lies in the queue would be lost with the process. Whoever polls a queue that outlives the process
/// stops taking messages instead, and finishes those in hand.
/// </remarks>
internal sealed class ParcelConsumer(
    ParcelQueue queue, LabelService labels, ParcelBooks books, ParcelMetrics metrics, TimeProvider time, ILogger<ParcelConsumer> logger) : BackgroundService
{
    private const int Concurrency = 4;
    private const int MaxAttempts = 3;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => ConsumeAsync()));

    private async Task ConsumeAsync()
    {
        await foreach (Parcel parcel in queue.ReadAllAsync())
        {
            await HandleAsync(parcel);
        }
    }

    private async Task HandleAsync(Parcel parcel)
    {
        metrics.Taken(time.GetUtcNow() - parcel.QueuedAt);
        for (int attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (await labels.TryPrintAsync())
            {
                books.Shipped(parcel);
                metrics.Shipped(parcel);
                logger.ParcelShipped(parcel.Number, parcel.Carrier, parcel.Kilograms, attempt);
                return;
            }

            books.Refused();
            logger.LabelRefused(parcel.Number, parcel.Carrier, attempt);
        }

        books.SetAside();
        metrics.SetAside(parcel);
        logger.ParcelSetAside(parcel.Number, parcel.Carrier);
    }
}
