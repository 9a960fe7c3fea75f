namespace Storefront.Shop;

/// <summary>Simulates a bank: it answers after a delay and refuses one payment in twelve.</summary>
internal sealed class PaymentProvider(TimeProvider time)
{
    /// <summary>The name of the provider.</summary>
    public const string Name = "acme-pay";

    private static readonly string[] Failures = ["CardDeclined", "InsufficientFunds", "ProviderTimeout"];

    // A fixed seed, so that repeated runs are similar.
    private readonly Random _random = new(12);

    public async Task<Payment> ChargeAsync()
    {
        Payment payment;
        lock (_random)
        {
            string? failure = _random.Next(12) == 0 ? Failures[_random.Next(Failures.Length)] : null;
            payment = new Payment(failure, _random.Next(2, 60));
        }

        await Task.Delay(TimeSpan.FromMilliseconds(payment.Milliseconds), time);
        return payment;
    }
}
