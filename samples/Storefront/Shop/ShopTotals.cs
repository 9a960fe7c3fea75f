namespace Storefront.Shop;

/// <summary>Represents the shop's own counts at one moment.</summary>
internal sealed record ShopTotals(
    long Requests, long Orders, decimal OrdersValue, long Payments, long PaymentsFailed, long Refunds, decimal RefundsValue,
    long PriceChanges);
