namespace Storefront.Shop;

/// <summary>Contains the shop's log messages.</summary>
internal static partial class ShopLog
{
    [LoggerMessage(1, LogLevel.Information,
        "Order {OrderId} of {Total} was placed by a {Tier} customer in {Region}, in {Milliseconds} ms.")]
    public static partial void OrderPlaced(
        this ILogger logger, Guid orderId, decimal total, string tier, string region, double milliseconds);

    [LoggerMessage(2, LogLevel.Error, "A payment failed: {Reason}. The cart of a {Tier} customer in {Region} was kept.")]
    public static partial void PaymentFailed(this ILogger logger, string reason, string tier, string region);

    [LoggerMessage(3, LogLevel.Warning, "Order {OrderId} of {Total} was refunded.")]
    public static partial void OrderRefunded(this ILogger logger, Guid orderId, decimal total);
}
