using System.Diagnostics.CodeAnalysis;

namespace Storefront.Shop;

/// <summary>What the shop sells.</summary>
internal sealed class Catalogue
{
    private readonly Dictionary<string, Product> _products = new[]
    {
        new Product("tea", "drinks", 5m),
        new Product("coffee", "drinks", 7.50m),
        new Product("mug", "kitchen", 10m),
        new Product("kettle", "kitchen", 30m),
        new Product("novel", "books", 12.50m),
        new Product("atlas", "books", 27.50m),
    }.ToDictionary(p => p.Id);

    public IReadOnlyCollection<Product> Products => _products.Values;

    public bool TryFind(string id, [NotNullWhen(true)] out Product? product) => _products.TryGetValue(id, out product);
}
