namespace Worker.Parcels;

/// <summary>Puts parcels into the queue at a constant rate.</summary>
internal sealed class ParcelFeed(ParcelQueue queue, WorkerOptions options, TimeProvider time) : BackgroundService
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
                string carrier = LabelService.Carriers[random.Next(LabelService.Carriers.Length)];
                queue.Put(new Parcel(number, carrier, random.Next(1, WeightsInQuarters) / 4m, time.GetUtcNow()));
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
