namespace CloudObserve.Cli.Costs;

/// <summary>Represents the price of an item that AWS bills.</summary>
/// <param name="Unit">The unit of the price.</param>
/// <param name="Tiers">The price of one unit in each tier.</param>
/// <param name="Free">The free quantity of an account in a month.</param>
/// <param name="Date">The date on which the price was looked up.</param>
/// <param name="Source">The source of the price.</param>
internal sealed record Price(string Unit, IReadOnlyList<PriceTier> Tiers, decimal Free = 0, string? Date = null, string? Source = null)
{
    /// <summary>Returns the price of a quantity; each part of it has the price of its tier.</summary>
    internal decimal Of(decimal quantity)
    {
        decimal cost = 0;
        decimal from = 0;
        foreach (PriceTier tier in Tiers)
        {
            decimal until = Math.Min(quantity, tier.UpTo ?? quantity);
            if (until > from)
            {
                cost += (until - from) * tier.Price;
                from = until;
            }
        }

        return cost;
    }

    /// <summary>Returns the fault of the tiers, or null.</summary>
    internal string? Fault()
    {
        decimal?[] bounds = [.. Tiers.SkipLast(1).Select(static t => t.UpTo)];
        return Tiers switch
        {
            [] => "has no tiers",
            _ when Tiers.Any(static t => t.Price < 0) => "has a price below 0",
            _ when Tiers[^1].UpTo is not null || bounds.Contains(null) => "must have 'upTo' in every tier but the last",
            _ when bounds.Zip(bounds.Skip(1)).Any(static p => p.First >= p.Second) => "must have tiers whose 'upTo' rises",
            _ => null,
        };
    }
}
