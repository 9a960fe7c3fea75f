namespace Worker.Parcels;

/// <summary>Puts parcels into the queue at a constant rate.</summary>
internal sealed class ParcelFeed(ParcelQueue queue, ParcelBooks books, WorkerOptions options, TimeProvider time) : BackgroundService
{
    // Sums of quarters are exact in any order, so the report can be compared exactly.
    private const int WeightsInQuarters = 80;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Random random = new(4711);
        using PeriodicTimer pace = new(TimeSpan.FromSeconds(1 / options.Rate), time);
        try
        {
            for (int number = 1; await pace.WaitForNextTickAsync(stoppingToken); number++)
            {
                Parcel parcel = new(
                    number, LabelService.Carriers[random.Next(LabelService.Carriers.Length)], random.Next(1, WeightsInQuarters) / 4m,
                    time.GetUtcNow());
                if (queue.TryPut(parcel))
                {
                    books.Queued();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
        finally
        {
            queue.Close();
        }
    }
}
