using System.Diagnostics.Metrics;
using CloudObserve.Metrics;
using Storefront.Shop;

namespace Storefront.Telemetry;

/// <summary>Defines all metrics of the shop in one place, with their names, units and dimensions.</summary>
/// <remarks>
/// Business metrics go through <see cref="IMetricPublisher"/>, with CloudWatch's names and dimensions. Technical metrics go through a
/// <see cref="Meter"/>, to which other tools can listen too.
/// </remarks>
internal sealed class ShopMetrics
{
    public const string MeterName = "Storefront";

    private readonly IMetricPublisher _metrics;
    private readonly Dictionary<string, MetricSeries> _ordersPlaced;
    private readonly Counter<long> _productViews;
    private readonly UpDownCounter<int> _openCarts;
    private readonly Histogram<double> _checkoutDuration;

    public ShopMetrics(IMetricPublisher metrics, IMeterFactory meters, Catalogue catalogue)
    {
        _metrics = metrics;

        // A series that is known in advance is bound once, so that its samples need no look-up.
        _ordersPlaced = Market.Regions.ToDictionary(r => r, r => metrics.Series("OrdersPlaced", MetricUnit.Count, ("Region", r)));

        Meter meter = meters.Create(MeterName);
        _productViews = meter.CreateCounter<long>("storefront.product.views", "{view}");
        _openCarts = meter.CreateUpDownCounter<int>("storefront.cart.open", "{cart}");
        _checkoutDuration = meter.CreateHistogram<double>("storefront.checkout.duration", "s");
        _ = meter.CreateObservableGauge("storefront.stock.value", () => (double)catalogue.Products.Sum(p => p.Price * p.Stock));
    }

    /// <summary>Returns a duration in whole milliseconds, whose sums are exact in any order.</summary>
    public static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds);

    public void ProductViewed(Product product) => _productViews.Add(1, new KeyValuePair<string, object?>("category", product.Category));

    public void CartOpened() => _openCarts.Add(1);

    public void CartClosed() => _openCarts.Add(-1);

    public void OrderPlaced(Order order, TimeSpan duration)
    {
        _ordersPlaced[order.Region].Increment();
        _metrics.Put("CartSize", order.Items, MetricUnit.Count);
        _metrics.Put("OrderValue", (double)order.Total, ("Region", order.Region), ("Tier", order.Tier));
        _metrics.Put("CheckoutLatency", Milliseconds(duration), MetricUnit.Milliseconds, ("Tier", order.Tier));
        _checkoutDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("tier", order.Tier));
    }

    public void Paid(Payment payment)
    {
        _metrics.Put("PaymentLatency", payment.Milliseconds, ("Provider", PaymentProvider.Name));
        if (payment.Failure is not null)
        {
            _metrics.Put("PaymentFailures", 1, MetricUnit.Count, ("Reason", payment.Failure));
        }
    }

    public void Refunded(Order order) => _metrics.Put("RefundValue", (double)order.Total, ("Region", order.Region));

    public void PriceChanged(Product product) => _metrics.Put("ProductPrice", (double)product.Price, ("Product", product.Id));

    public void StockChanged(Product product) =>
        _metrics.Put("InventoryLevel", product.Stock, MetricUnit.Count, ("Product", product.Id));
}
