using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Storefront.Shop;

/// <summary>Holds the known customers.</summary>
/// <remarks>Customers without an id stay anonymous.</remarks>
internal sealed class Customers
{
    private const int MaxKnown = 10_000;

    private readonly ConcurrentDictionary<string, Customer> _byId = new(StringComparer.Ordinal);

    public IEnumerable<Customer> All => _byId.Values.OrderBy(c => c.Id, StringComparer.Ordinal);

    /// <summary>Finds a customer or adds a new one.</summary>
    /// <remarks>The number is limited, because clients choose the ids; above the limit no customer is added.</remarks>
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
