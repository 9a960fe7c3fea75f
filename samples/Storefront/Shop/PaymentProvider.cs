namespace Storefront.Shop;

/// <summary>Simulates a bank: it answers after a delay and refuses one payment in twelve, or every one while it is not available.</summary>
internal sealed class PaymentProvider(TimeProvider time)
{
    /// <summary>The name of the provider.</summary>
    public const string Name = "acme-pay";

    /// <summary>The reason for the failure of all payments while the provider is not available.</summary>
    public const string Unavailable = "ProviderUnavailable";

    private static readonly string[] Refused = ["CardDeclined", "InsufficientFunds", "ProviderTimeout"];

    // A fixed seed, so that repeated runs are similar.
    private readonly Random _random = new(12);
    private long _charges;
    private long _refusals;
    private volatile bool _isAvailable = true;

    /// <summary>Gets all reasons for failures.</summary>
    public static IReadOnlyList<string> Failures { get; } = [.. Refused, Unavailable];

    /// <summary>Gets or sets a value indicating whether the provider processes payments.</summary>
    public bool IsAvailable
    {
        get => _isAvailable;
        set => _isAvailable = value;
    }

    /// <summary>Gets the number of payments so far, including refused ones.</summary>
    public long Charges => Interlocked.Read(ref _charges);

    /// <summary>Gets the number of refused payments so far.</summary>
    public long Refusals => Interlocked.Read(ref _refusals);

    public async Task<Payment> ChargeAsync()
    {
        Payment payment;
        lock (_random)
        {
            string? failure = _random.Next(12) == 0 ? Refused[_random.Next(Refused.Length)] : null;
            payment = new Payment(_isAvailable ? failure : Unavailable, _random.Next(2, 60));
        }

        _ = Interlocked.Increment(ref _charges);
        if (payment.Failure is not null)
        {
            _ = Interlocked.Increment(ref _refusals);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(payment.Milliseconds), time);
        return payment;
    }
}
