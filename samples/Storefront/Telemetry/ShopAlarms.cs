using CloudObserve.Metrics;
using CloudObserve.Monitoring;
using Storefront.Shop;

namespace Storefront.Telemetry;

/// <summary>Defines all alarms of the shop in one place.</summary>
/// <remarks>
/// The periods are as short as CloudWatch allows, so that a demonstration takes a minute. Their metrics have a high resolution, see
/// appsettings.json. A real shop has periods of a minute or more, which cost less.
/// </remarks>
internal static class ShopAlarms
{
    private const string Topic = "operations";
    private const string FilterNamespace = "Storefront";

    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TwentySeconds = TimeSpan.FromSeconds(20);

    public static void AddShopAlarms(this MonitoringBuilder monitoring, IConfiguration configuration)
    {
        string shop = configuration["CloudObserve:Metrics:Namespace"] ?? FilterNamespace;
        _ = monitoring
            .AddAlarm("PaymentsFail", a => PaymentsFail(a, shop))
            .AddAlarm("CheckoutSlow", a => CheckoutSlow(a, shop))
            .AddAlarm("OrdersUnusual", a => OrdersUnusual(a, shop))
            .AddAlarm("NoOrders", a => NoOrders(a, shop))
            .AddAlarm("ProviderDown", ProviderDown)
            .AddCompositeAlarm("CustomersCannotPay", "ALARM(PaymentsFail) OR ALARM(CheckoutSlow)", a => a
                .Description("Customers cannot finish their orders, or have to wait too long.").Notify(Topic).NotifyOk(Topic))
            .AddNotificationHandler<AlarmPrinter>();
    }

    // A ratio says nothing about a few payments, so the alarm keeps its state while there are fewer than twenty.
    private static void PaymentsFail(MetricAlarmBuilder alarm, string shop)
    {
        for (int i = 0; i < PaymentProvider.Failures.Count; i++)
        {
            _ = alarm.Query($"failed{i}", shop, "PaymentFailures", "Sum", new MetricDimension("Reason", PaymentProvider.Failures[i]));
        }

        _ = alarm.Description("More than a quarter of the payments fail.")
            .Query("payments", shop, "PaymentLatency", "SampleCount", new MetricDimension("Provider", PaymentProvider.Name))
            .Expression("100 * FILL(SUM(METRICS(\"failed\")), 0) / payments")
            .Every(TenSeconds).GreaterThan(25).MinimumSampleCount(20).Notify(Topic).NotifyOk(Topic);
    }

    private static void CheckoutSlow(MetricAlarmBuilder alarm, string shop) => alarm
        .Description("One of a hundred gold customers waits longer than half a second, in three of five periods.")
        .Metric(shop, "CheckoutLatency", new MetricDimension("Tier", "gold")).Statistic("p99")
        .Every(TwentySeconds).GreaterThan(500).For(3, outOf: 5).WhenMissing(MissingData.NotBreaching).Notify(Topic).NotifyOk(Topic);

    // A band has to be learned, so this alarm has no data in a short run.
    private static void OrdersUnusual(MetricAlarmBuilder alarm, string shop) => alarm
        .Description("The number of orders a minute is not what it usually is at this time.")
        .Metric(shop, "OrdersPlaced").Statistic("Sum").OutsideBand(3).For(2, outOf: 3).Notify(Topic).NotifyOk(Topic);

    // Nothing is published while nobody orders, so missing data is what the alarm is about.
    private static void NoOrders(MetricAlarmBuilder alarm, string shop) => alarm
        .Description("Nobody orders anything. The shop begins like that.")
        .Metric(shop, "OrdersPlaced").Statistic("SampleCount")
        .Every(TenSeconds).LessThan(1).WhenMissing(MissingData.Breaching).Notify(Topic).NotifyOk(Topic);

    // The metric comes from the log messages, by the metric filter PaymentFailures in appsettings.json.
    private static void ProviderDown(MetricAlarmBuilder alarm) => alarm
        .Description("The payment provider does not answer.")
        .Metric(FilterNamespace, "PaymentFailuresFromLogs", new MetricDimension("Reason", PaymentProvider.Unavailable)).Statistic("Sum")
        .GreaterThan(0).WhenMissing(MissingData.NotBreaching).Notify(Topic).NotifyOk(Topic);
}
