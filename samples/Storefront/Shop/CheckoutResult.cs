namespace Storefront.Shop;

/// <summary>What a checkout came to: an order, or why there is none.</summary>
internal readonly record struct CheckoutResult(Order? Order, string? PaymentFailure)
{
    public static CheckoutResult OutOfStock => default;
}
