namespace Storefront.Shop;

/// <summary>Something to buy, with its price and how many are in the warehouse.</summary>
internal sealed class Product(string id, string category, decimal price)
{
    /// <summary>How many of a product the warehouse has room for.</summary>
    public const int Shelf = 120;

    /// <summary>Prices come in steps of 2.50 up to 30: such sums are exact as binary numbers, so the books can be compared with CloudWatch to the cent.</summary>
    public const decimal PriceStep = 2.50m;

    /// <summary>The highest price.</summary>
    public const decimal MaxPrice = 30m;

    private readonly Lock _gate = new();
    private int _stock = Shelf;
    private decimal _price = price;
    private bool _isOnSale = true;

    public string Id { get; } = id;

    public string Category { get; } = category;

    public decimal Price
    {
        get
        {
            lock (_gate)
            {
                return _price;
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

        lock (_gate)
        {
            _price = price;
            return true;
        }
    }

    /// <returns>Whether that changed anything.</returns>
    public bool TrySetOnSale(bool onSale)
    {
        lock (_gate)
        {
            bool changed = _isOnSale != onSale;
            _isOnSale = onSale;
            return changed;
        }
    }

    /// <summary>Takes one off the shelf.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (_stock == 0)
            {
                return false;
            }

            _stock--;
            return true;
        }
    }

    /// <summary>Puts one back that was not sold after all.</summary>
    public void PutBack()
    {
        lock (_gate)
        {
            // The shelf may have been filled meanwhile; the warehouse then sends one away.
            _stock = Math.Min(_stock + 1, Shelf);
        }
    }

    public void Restock()
    {
        lock (_gate)
        {
            _stock = Shelf;
        }
    }
}
