namespace Worker.Parcels;

/// <summary>Counts the worker's actions independently of its telemetry, so that the two can be compared.</summary>
/// <remarks>A real worker does not need this.</remarks>
internal sealed class ParcelBooks
{
    private readonly Lock _lock = new();

    public int QueuedCount { get; private set; }

    public int ShippedCount { get; private set; }

    public decimal ShippedKilograms { get; private set; }

    public int RefusedCount { get; private set; }

    public int SetAsideCount { get; private set; }

    public void Queued()
    {
        lock (_lock)
        {
            QueuedCount++;
        }
    }

    public void Shipped(Parcel parcel)
    {
        lock (_lock)
        {
            ShippedCount++;
            ShippedKilograms += parcel.Kilograms;
        }
    }

    public void Refused()
    {
        lock (_lock)
        {
            RefusedCount++;
        }
    }

    public void SetAside()
    {
        lock (_lock)
        {
            SetAsideCount++;
        }
    }
}
