namespace Worker.Parcels;

/// <summary>What the worker did, counted by itself and not by its telemetry, so that the two can be compared. A worker of yours needs no such thing.</summary>
internal sealed class ParcelBooks
{
    private readonly Lock _gate = new();

    public int QueuedCount { get; private set; }

    public int ShippedCount { get; private set; }

    public decimal ShippedKilograms { get; private set; }

    public int RefusedCount { get; private set; }

    public int SetAsideCount { get; private set; }

    public void Queued()
    {
        lock (_gate)
        {
            QueuedCount++;
        }
    }

    public void Shipped(Parcel parcel)
    {
        lock (_gate)
        {
            ShippedCount++;
            ShippedKilograms += parcel.Kilograms;
        }
    }

    public void Refused()
    {
        lock (_gate)
        {
            RefusedCount++;
        }
    }

    public void SetAside()
    {
        lock (_gate)
        {
            SetAsideCount++;
        }
    }
}
