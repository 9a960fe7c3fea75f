namespace CloudObserve.HostedShop;

/// <summary>The system's clock until it is set; then it stands. Its time zone is the machine's, as that of a real clock.</summary>
internal sealed class ShopClock(DateTimeOffset? start) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset? _now = start;

    internal DateTimeOffset Now
    {
        set
        {
            lock (_lock)
            {
                _now = value.ToUniversalTime();
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now ?? base.GetUtcNow();
        }
    }
}
