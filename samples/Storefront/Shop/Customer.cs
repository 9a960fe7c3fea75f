namespace Storefront.Shop;

/// <summary>Somebody who buys here, known by an id.</summary>
internal sealed class Customer(string id)
{
    private readonly Lock _gate = new();
    private bool _isLocked;
    private long _orders;
    private decimal _spent;

    public string Id => id;

    public bool IsLocked
    {
        get
        {
            lock (_gate)
            {
                return _isLocked;
            }
        }
    }

    /// <summary>Locks or unlocks.</summary>
    /// <returns>Whether that changed anything.</returns>
    public bool TryLock(bool locked)
    {
        lock (_gate)
        {
            bool changed = _isLocked != locked;
            _isLocked = locked;
            return changed;
        }
    }

    public void Bought(Order order)
    {
        lock (_gate)
        {
            _orders++;
            _spent += order.Total;
        }
    }

    /// <summary>Gives a line of comma-separated values.</summary>
    public string ToLine()
    {
        lock (_gate)
        {
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id},{_orders},{_spent},{(_isLocked ? "locked" : "open")}");
        }
    }
}
