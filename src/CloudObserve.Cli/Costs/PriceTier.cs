namespace CloudObserve.Cli.Costs;

/// <summary>Represents the price of one unit up to a quantity.</summary>
/// <param name="Price">The price of one unit.</param>
/// <param name="UpTo">The monthly quantity at which the tier ends; null for the last tier.</param>
internal sealed record PriceTier(decimal Price, decimal? UpTo = null);
