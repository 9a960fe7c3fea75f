namespace Storefront.Shop;

/// <summary>Represents a paid order.</summary>
internal sealed class Order(string region, string tier, int items, decimal total)
{
    private int _refunded;

    public Guid Id { get; } = Guid.NewGuid();

    public string Region => region;

    public string Tier => tier;

    public int Items => items;

    public decimal Total => total;

    public bool IsRefunded => Volatile.Read(ref _refunded) != 0;

    /// <summary>Marks the order as refunded; only the first call succeeds.</summary>
    public bool TryRefund() => Interlocked.Exchange(ref _refunded, 1) == 0;
}
