using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Storefront.Telemetry;

namespace Storefront.Shop;

/// <summary>Holds the open carts of customers.</summary>
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

    /// <summary>Removes a cart for checkout or when it is abandoned.</summary>
    /// <remarks>Only one caller gets it.</remarks>
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
