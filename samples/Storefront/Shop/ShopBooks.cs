namespace Storefront.Shop;

/// <summary>Counts the shop's actions independently of its telemetry, so that the two can be compared.</summary>
internal sealed class ShopBooks
{
    private readonly Lock _lock = new();
    private long _requests;
    private long _orders;
    private decimal _ordersValue;
    private long _payments;
    private long _paymentsFailed;
    private long _refunds;
    private decimal _refundsValue;
    private long _priceChanges;

    public ShopTotals Totals
    {
        get
        {
            lock (_lock)
            {
                return new ShopTotals(
                    Interlocked.Read(ref _requests), _orders, _ordersValue, _payments, _paymentsFailed, _refunds, _refundsValue,
                    _priceChanges);
            }
        }
    }

    public void Requested() => Interlocked.Increment(ref _requests);

    public void OrderPlaced(Order order)
    {
        lock (_lock)
        {
            _orders++;
            _ordersValue += order.Total;
        }
    }

    public void Paid(Payment payment)
    {
        lock (_lock)
        {
            _payments++;
            _paymentsFailed += payment.Failure is null ? 0 : 1;
        }
    }

    public void Refunded(Order order)
    {
        lock (_lock)
        {
            _refunds++;
            _refundsValue += order.Total;
        }
    }

    public void PriceChanged()
    {
        lock (_lock)
        {
            _priceChanges++;
        }
    }
}
