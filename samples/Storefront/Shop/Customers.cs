using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Storefront.Shop;

/// <summary>The customers that the shop knows. Who buys without saying who he is remains unknown.</summary>
internal sealed class Customers
{
    private const int MaxKnown = 10_000;

    private readonly ConcurrentDictionary<string, Customer> _byId = new(StringComparer.Ordinal);

    public IEnumerable<Customer> All => _byId.Values.OrderBy(c => c.Id, StringComparer.Ordinal);

    /// <summary>Finds a customer, or gets to know a new one. What clients send must not grow without bound: past a number nobody new is remembered.</summary>
    public Customer? Meet(string? id)
    {
        if (string.IsNullOrEmpty(id) || (_byId.Count >= MaxKnown && !_byId.ContainsKey(id)))
        {
            return null;
        }

        return _byId.GetOrAdd(id, i => new Customer(i));
    }

    public bool TryFind(string id, [NotNullWhen(true)] out Customer? customer) => _byId.TryGetValue(id, out customer);
}
