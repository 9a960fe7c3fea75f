namespace Worker.Parcels;

/// <summary>Holds the totals of the parcels that were shipped, and of those set aside.</summary>
internal sealed class Shipments
{
    private readonly Lock _lock = new();
    private int _shipped;
    private decimal _kilograms;
    private int _setAside;

    public (int Shipped, decimal Kilograms, int SetAside) Totals
    {
        get
        {
            lock (_lock)
            {
                return (_shipped, _kilograms, _setAside);
            }
        }
    }

    public void Add(Parcel parcel)
    {
        lock (_lock)
        {
            _shipped++;
            _kilograms += parcel.Kilograms;
        }
    }

    public void SetAside()
    {
        lock (_lock)
        {
            _setAside++;
        }
    }
}
