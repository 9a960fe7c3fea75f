using CloudObserve.Audit;
using CloudObserve.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudObserve.HostedShop;

/// <summary>
/// Many events and samples and some records, with pauses in which what was accepted is delivered: a load that any machine can carry.
/// </summary>
internal static class Load
{
    private const int Portion = 1000;
    private const string Text = "an order of one book and two pens was placed, paid for and packed within the hour";

    internal static async Task RunAsync(IServiceProvider services, int events)
    {
        ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
        IMetricPublisher metrics = services.GetRequiredService<IMetricPublisher>();
        IAuditTrail audit = services.GetRequiredService<IAuditTrail>();
        for (int i = 0; i < events; i++)
        {
            logger.LogInformation("Order {Number}: {Text}", i, Text);
            metrics.Put("OrderValue", i % 1000, MetricUnit.None, ("Region", $"region-{i % 100}"));
            if (i % Portion == Portion - 1)
            {
                await audit.RecordAsync(new AuditEvent("CountOrders"));
                _ = await services.GetRequiredService<ICloudObserve>().FlushAsync();
            }
        }
    }
}
