namespace Storefront.Shop;

/// <summary>Represents the result of a payment.</summary>
/// <param name="Failure">The reason for the failure; <see langword="null"/> if the payment succeeded.</param>
/// <param name="Milliseconds">The duration according to the provider.</param>
internal readonly record struct Payment(string? Failure, int Milliseconds);
