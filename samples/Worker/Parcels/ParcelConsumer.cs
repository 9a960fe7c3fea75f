using Worker.Telemetry;

namespace Worker.Parcels;

/// <summary>Takes parcels from the queue, several at a time, until it is closed and empty.</summary>
/// <remarks>
/// It ignores the host's shutdown token, because messages left in this queue would be lost with the process. A worker with an external
/// queue stops taking messages instead, and finishes those it has.
/// </remarks>
internal sealed class ParcelConsumer(
    ParcelQueue queue, LabelService labels, Shipments shipments, ParcelMetrics metrics, TimeProvider time, ILogger<ParcelConsumer> logger)
    : BackgroundService
{
    private const int Concurrency = 4;
    private const int MaxAttempts = 3;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Concurrency).Select(_ => ConsumeAsync()));

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
                shipments.Add(parcel);
                metrics.Shipped(parcel);
                logger.ParcelShipped(parcel.Number, parcel.Carrier, parcel.Kilograms, attempt);
                return;
            }

            logger.LabelRefused(parcel.Number, parcel.Carrier, attempt);
        }

        shipments.SetAside();
        metrics.SetAside(parcel);
        logger.ParcelSetAside(parcel.Number, parcel.Carrier);
    }
}
