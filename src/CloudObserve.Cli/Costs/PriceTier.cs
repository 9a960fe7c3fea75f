namespace CloudObserve.Cli.Costs;

/// <summary>What one unit costs up to a quantity.</summary>
/// <param name="Price">The price of one unit.</param>
/// <param name="UpTo">The quantity in a month up to which it holds; null for everything above.</param>
internal sealed record PriceTier(decimal Price, decimal? UpTo = null);
