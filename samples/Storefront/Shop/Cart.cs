namespace Storefront.Shop;

/// <summary>Represents the cart of one customer.</summary>
internal sealed class Cart
{
    /// <summary>The largest number of items: at most eight, with prices up to 30 each.</summary>
    public const int MaxItems = 8;

    private readonly List<Product> _items = [];

    public IReadOnlyList<Product> Items
    {
        get
        {
            lock (_items)
            {
                return [.. _items];
            }
        }
    }

    public bool TryAdd(Product product)
    {
        lock (_items)
        {
            if (_items.Count == MaxItems)
            {
                return false;
            }

            _items.Add(product);
            return true;
        }
    }
}
