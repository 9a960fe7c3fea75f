using Storefront.Telemetry;

namespace Storefront.Shop;

/// <summary>Turns a cart into a paid order.</summary>
internal sealed class Checkout(
    PaymentProvider payments, Orders orders, ShopMetrics metrics, TimeProvider time, ILogger<Checkout> logger)
{
    public async Task<CheckoutResult> PlaceAsync(Cart cart, string region, string tier)
    {
        long began = time.GetTimestamp();
        IReadOnlyList<Product> items = cart.Items;
        if (!TryReserve(items))
        {
            return CheckoutResult.OutOfStock;
        }

        Payment payment = await payments.ChargeAsync();
        metrics.Paid(payment);
        if (payment.Failure is not null)
        {
            PutBack(items);
            logger.PaymentFailed(payment.Failure, tier, region);
            return new CheckoutResult(null, payment.Failure);
        }

        Order order = new(region, tier, items.Count, items.Sum(p => p.Price));
        orders.Add(order);
        TimeSpan duration = time.GetElapsedTime(began);
        metrics.OrderPlaced(order, duration);
        logger.OrderPlaced(order.Id, order.Total, tier, region, ShopMetrics.Milliseconds(duration));
        return new CheckoutResult(order, null);
    }

    public bool TryRefund(Order order)
    {
        if (!orders.TryRefund(order))
        {
            return false;
        }

        metrics.Refunded(order);
        logger.OrderRefunded(order.Id, order.Total);
        return true;
    }

    private bool TryReserve(IReadOnlyList<Product> items)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (!items[i].TryTake())
            {
                PutBack(items.Take(i));
                return false;
            }

            metrics.StockChanged(items[i]);
        }

        return true;
    }

    private void PutBack(IEnumerable<Product> items)
    {
        foreach (Product item in items)
        {
            item.PutBack();
            metrics.StockChanged(item);
        }
    }
}
