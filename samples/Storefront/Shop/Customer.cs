namespace Storefront.Shop;

/// <summary>Represents a customer with an id.</summary>
internal sealed class Customer(string id)
{
    private readonly Lock _lock = new();
    private bool _isLocked;
    private long _orders;
    private decimal _spent;

    public string Id => id;

    public bool IsLocked
    {
        get
        {
            lock (_lock)
            {
                return _isLocked;
            }
        }
    }

    /// <summary>Locks or unlocks the customer.</summary>
    /// <returns><see langword="true"/> if this changed the state.</returns>
    public bool TryLock(bool locked)
    {
        lock (_lock)
        {
            bool changed = _isLocked != locked;
            _isLocked = locked;
            return changed;
        }
    }

    public void Bought(Order order)
    {
        lock (_lock)
        {
            _orders++;
            _spent += order.Total;
        }
    }

    /// <summary>Returns the customer as a line of comma-separated values.</summary>
    public string ToLine()
    {
        lock (_lock)
        {
            return string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{id},{_orders},{_spent},{(_isLocked ? "locked" : "open")}");
        }
    }
}
