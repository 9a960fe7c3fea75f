using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Storefront.Shop;

/// <summary>Holds the latest orders.</summary>
/// <remarks>Older ones are removed, so that the memory does not grow.</remarks>
internal sealed class Orders
{
    private const int Kept = 10_000;

    private readonly ConcurrentDictionary<Guid, Order> _byId = new();
    private readonly ConcurrentQueue<Guid> _byAge = new();

    public void Add(Order order)
    {
        _byId[order.Id] = order;
        _byAge.Enqueue(order.Id);
        if (_byAge.Count > Kept && _byAge.TryDequeue(out Guid oldest))
        {
            _ = _byId.TryRemove(oldest, out _);
        }
    }

    public bool TryFind(Guid id, [NotNullWhen(true)] out Order? order) => _byId.TryGetValue(id, out order);
}
