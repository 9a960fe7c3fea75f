using System.Globalization;
using Microsoft.Extensions.Options;
using Storefront.Shop;

namespace Storefront.Traffic;

/// <summary>Lets the payment provider fail for <c>--incident</c> seconds, so that alarms have something to tell.</summary>
internal sealed class Incident(PaymentProvider payments, IOptions<TrafficOptions> options, TimeProvider time) : BackgroundService
{
    // Until then the alarms have seen that payments succeed.
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Incident is not { } seconds)
        {
            return;
        }

        await Task.Delay(Before, time, stoppingToken);
        Print(string.Create(CultureInfo.InvariantCulture, $"{PaymentProvider.Name} fails for {seconds} seconds."));
        payments.IsAvailable = false;
        await Task.Delay(TimeSpan.FromSeconds(seconds), time, stoppingToken);
        payments.IsAvailable = true;
        Print($"{PaymentProvider.Name} works again.");
    }

    private void Print(string what) => Console.WriteLine($"{time.GetUtcNow():HH:mm:ss} incident: {what}");
}
