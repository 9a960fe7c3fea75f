using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Storefront.Telemetry;

namespace Storefront.Shop;

/// <summary>The carts that customers have open.</summary>
internal sealed class Carts(ShopMetrics metrics)
{
    private readonly ConcurrentDictionary<string, Cart> _open = new();

    public Cart Open(string id)
    {
        Cart fresh = new();
        Cart cart = _open.GetOrAdd(id, fresh);
        if (cart == fresh)
        {
            metrics.CartOpened();
        }

        return cart;
    }

    /// <summary>Takes a cart away, to check it out or to abandon it: only one caller gets it.</summary>
    public bool TryClose(string id, [NotNullWhen(true)] out Cart? cart)
    {
        bool closed = _open.TryRemove(id, out cart);
        if (closed)
        {
            metrics.CartClosed();
        }

        return closed;
    }
}
