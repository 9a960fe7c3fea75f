namespace Storefront.Shop;

/// <summary>What became of a payment.</summary>
/// <param name="Failure">Why it failed; <see langword="null"/> when it did not.</param>
/// <param name="Milliseconds">How long the provider says it took.</param>
internal readonly record struct Payment(string? Failure, int Milliseconds);
