namespace Storefront.Shop;

/// <summary>Represents the number and the value of the orders placed so far, and of those refunded.</summary>
internal readonly record struct OrderTotals(long Placed, decimal Value, long Refunded, decimal RefundedValue);
