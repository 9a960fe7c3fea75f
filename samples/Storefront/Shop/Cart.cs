namespace Storefront.Shop;

/// <summary>What one customer is about to buy.</summary>
internal sealed class Cart
{
    /// <summary>How many things fit: at most eight of 30 each.</summary>
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
