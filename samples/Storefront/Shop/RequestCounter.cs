namespace Storefront.Shop;

/// <summary>Counts the requests that the shop received, including refused ones.</summary>
internal sealed class RequestCounter
{
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Increment() => Interlocked.Increment(ref _count);
}
