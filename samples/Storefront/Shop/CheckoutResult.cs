namespace Storefront.Shop;

/// <summary>Represents the result of a checkout: an order, or the reason for the failure.</summary>
internal readonly record struct CheckoutResult(Order? Order, string? PaymentFailure)
{
    public static CheckoutResult OutOfStock => default;
}
