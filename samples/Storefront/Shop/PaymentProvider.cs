namespace Storefront.Shop;

/// <summary>Stands for the bank: answers after a while, and says no to one payment in twelve.</summary>
internal sealed class PaymentProvider(TimeProvider time)
{
    /// <summary>The name it is known under.</summary>
    public const string Name = "acme-pay";

    private static readonly string[] Failures = ["CardDeclined", "InsufficientFunds", "ProviderTimeout"];

    // Seeded, so that the same run has about the same story.
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
