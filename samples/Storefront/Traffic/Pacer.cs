namespace Storefront.Traffic;

/// <summary>Schedules requests, so that all shoppers together keep one rate.</summary>
internal sealed class Pacer(double rate, TimeProvider time)
{
    // A short delay is made up for, but at most this much, so that a long stall does not cause a burst.
    private static readonly TimeSpan MaxLag = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1 / rate);
    private TimeSpan _next;

    public async Task NextTurnAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait = Claim();
        cancellationToken.ThrowIfCancellationRequested();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private TimeSpan Claim()
    {
        lock (_lock)
        {
            TimeSpan now = time.GetElapsedTime(_start);
            TimeSpan earliest = now - MaxLag;
            _next = _next < earliest ? earliest : _next;
            TimeSpan wait = _next - now;
            _next += _interval;
            return wait;
        }
    }
}
