namespace CloudObserve.Cli.Costs;

/// <summary>Represents a line of the monthly bill.</summary>
/// <param name="Item">The billed item, as named in the price list.</param>
/// <param name="Quantity">The quantity, before the free tier is subtracted.</param>
/// <param name="Unit">The unit of the quantity.</param>
/// <param name="Cost">The cost of the quantity.</param>
/// <param name="Origin">The origin of the quantity.</param>
/// <param name="How">The origin in words.</param>
internal sealed record CostLine(string Item, decimal Quantity, string Unit, decimal Cost, UsageOrigin Origin, string How);
