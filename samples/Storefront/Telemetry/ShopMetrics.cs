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
    private readonly PublishedTotals _published;
    private readonly Dictionary<string, MetricSeries> _ordersPlaced;
    private readonly MetricSeries _cartSize;
    private readonly MetricSeries _paymentLatency;
    private readonly Counter<long> _productViews;
    private readonly UpDownCounter<int> _openCarts;
    private readonly Histogram<double> _checkoutDuration;

    public ShopMetrics(IMetricPublisher metrics, IMeterFactory meters, Catalogue catalogue, PublishedTotals published)
    {
        _metrics = metrics;
        _published = published;
        _ordersPlaced = Market.Regions.ToDictionary(r => r, r => metrics.Series("OrdersPlaced", MetricUnit.Count, ("Region", r)));
        _cartSize = metrics.Series("CartSize", MetricUnit.Count);
        _paymentLatency = metrics.Series("PaymentLatency", MetricUnit.Milliseconds, ("Provider", PaymentProvider.Name));

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
        Put(_ordersPlaced[order.Region], 1);
        Put(_cartSize, order.Items);
        Put("OrderValue", (double)order.Total, MetricUnit.None, ("Region", order.Region), ("Tier", order.Tier));
        Put("CheckoutLatency", Milliseconds(duration), MetricUnit.Milliseconds, ("Tier", order.Tier));
        _checkoutDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("tier", order.Tier));
    }

    public void Paid(Payment payment)
    {
        Put(_paymentLatency, payment.Milliseconds);
        if (payment.Failure is not null)
        {
            Put("PaymentFailures", 1, MetricUnit.Count, ("Reason", payment.Failure));
        }
    }

    public void Refunded(Order order) => Put("RefundValue", (double)order.Total, MetricUnit.None, ("Region", order.Region));

    public void PriceChanged(Product product) => Put("ProductPrice", (double)product.Price, MetricUnit.None, ("Product", product.Id));

    public void StockChanged(Product product) => Put("InventoryLevel", product.Stock, MetricUnit.Count, ("Product", product.Id));

    // A series that is known in advance is bound once, so that samples need no look-up.
    private void Put(MetricSeries series, double value)
    {
        series.Put(value);
        _published.Add(series.Name, value, [.. series.Dimensions]);
    }

    private void Put(string name, double value, MetricUnit unit, params ReadOnlySpan<MetricDimension> dimensions)
    {
        _metrics.Put(name, value, unit, dimensions);
        _published.Add(name, value, dimensions);
    }
}
