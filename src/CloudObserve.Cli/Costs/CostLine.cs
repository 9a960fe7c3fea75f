namespace CloudObserve.Cli.Costs;

/// <summary>One line of a month's bill.</summary>
/// <param name="Item">What is billed, as the list of prices calls it.</param>
/// <param name="Quantity">How much of it, before what is free.</param>
/// <param name="Unit">In what.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="Origin">How the quantity is known.</param>
/// <param name="How">The same in words.</param>
internal sealed record CostLine(string Item, decimal Quantity, string Unit, decimal Cost, UsageOrigin Origin, string How);
