using System.Diagnostics.CodeAnalysis;

namespace Storefront.Shop;

/// <summary>Holds the latest orders, and the totals of all.</summary>
/// <remarks>Older orders are removed, so that the memory does not grow.</remarks>
internal sealed class Orders
{
    private const int Kept = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Order> _byId = [];
    private readonly Queue<Guid> _byAge = [];
    private OrderTotals _totals;

    public OrderTotals Totals
    {
        get
        {
            lock (_lock)
            {
                return _totals;
            }
        }
    }

    public void Add(Order order)
    {
        lock (_lock)
        {
            _totals = _totals with { Placed = _totals.Placed + 1, Value = _totals.Value + order.Total };
            _byId[order.Id] = order;
            _byAge.Enqueue(order.Id);
            if (_byAge.Count > Kept)
            {
                _ = _byId.Remove(_byAge.Dequeue());
            }
        }
    }

    public bool TryFind(Guid id, [NotNullWhen(true)] out Order? order)
    {
        lock (_lock)
        {
            return _byId.TryGetValue(id, out order);
        }
    }

    /// <summary>Marks an order as refunded; only the first call succeeds.</summary>
    public bool TryRefund(Order order)
    {
        lock (_lock)
        {
            bool refunded = order.TryRefund();
            if (refunded)
            {
                _totals = _totals with { Refunded = _totals.Refunded + 1, RefundedValue = _totals.RefundedValue + order.Total };
            }

            return refunded;
        }
    }
}
