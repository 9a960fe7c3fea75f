using System.Diagnostics.CodeAnalysis;

namespace Storefront.Shop;

/// <summary>Holds the products of the shop.</summary>
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

    /// <summary>Gets the products on sale.</summary>
    public IReadOnlyCollection<Product> Products => [.. _products.Values.Where(p => p.IsOnSale)];

    /// <summary>Gets the number of price changes so far, over all products.</summary>
    public long PriceChanges => _products.Values.Sum(p => p.PriceChanges);

    /// <summary>Finds a product on sale.</summary>
    public bool TryFind(string id, [NotNullWhen(true)] out Product? product) => _products.TryGetValue(id, out product) && product.IsOnSale;

    /// <summary>Takes a product off sale.</summary>
    /// <remarks>Products that are already in carts can still be bought.</remarks>
    public bool TryRemove(string id) => _products.TryGetValue(id, out Product? product) && product.TrySetOnSale(false);

    /// <summary>Puts a product back on sale.</summary>
    public bool TryList(string id) => _products.TryGetValue(id, out Product? product) && product.TrySetOnSale(true);
}
