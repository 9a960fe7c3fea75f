namespace Storefront.Shop;

/// <summary>Represents a product with its price and stock.</summary>
internal sealed class Product(string id, string category, decimal price)
{
    /// <summary>The largest stock of a product.</summary>
    public const int Shelf = 120;

    /// <summary>The step of prices, up to 30.</summary>
    /// <remarks>
    /// Sums of multiples of 2.50 are exact as binary numbers, so the report can be compared with CloudWatch exactly.
    /// </remarks>
    public const decimal PriceStep = 2.50m;

    /// <summary>The highest price.</summary>
    public const decimal MaxPrice = 30m;

    private readonly Lock _lock = new();
    private int _stock = Shelf;
    private decimal _price = price;
    private bool _isOnSale = true;
    private long _priceChanges;

    public string Id { get; } = id;

    public string Category { get; } = category;

    public decimal Price
    {
        get
        {
            lock (_lock)
            {
                return _price;
            }
        }
    }

    internal long PriceChanges
    {
        get
        {
            lock (_lock)
            {
                return _priceChanges;
            }
        }
    }

    public int Stock => Volatile.Read(ref _stock);

    internal bool IsOnSale => Volatile.Read(ref _isOnSale);

    public bool TryChangePrice(decimal price)
    {
        if (price < PriceStep || price > MaxPrice || price % PriceStep != 0)
        {
            return false;
        }

        lock (_lock)
        {
            _price = price;
            _priceChanges++;
            return true;
        }
    }

    /// <returns><see langword="true"/> if this changed the state.</returns>
    public bool TrySetOnSale(bool onSale)
    {
        lock (_lock)
        {
            bool changed = _isOnSale != onSale;
            _isOnSale = onSale;
            return changed;
        }
    }

    /// <summary>Takes one item from the stock.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            if (_stock == 0)
            {
                return false;
            }

            _stock--;
            return true;
        }
    }

    /// <summary>Returns an item that was not sold.</summary>
    public void PutBack()
    {
        lock (_lock)
        {
            // The stock may have been refilled meanwhile; it never exceeds its limit.
            _stock = Math.Min(_stock + 1, Shelf);
        }
    }

    public void Restock()
    {
        lock (_lock)
        {
            _stock = Shelf;
        }
    }
}
