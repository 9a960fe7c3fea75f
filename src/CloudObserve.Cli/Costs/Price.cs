namespace CloudObserve.Cli.Costs;

/// <summary>The price of something that AWS bills.</summary>
/// <param name="Unit">What is counted.</param>
/// <param name="Tiers">What one of it costs, tier by tier.</param>
/// <param name="Free">How much of it each month is free, for the whole account.</param>
/// <param name="Date">When the price was looked up.</param>
/// <param name="Source">Where.</param>
internal sealed record Price(string Unit, IReadOnlyList<PriceTier> Tiers, decimal Free = 0, string? Date = null, string? Source = null)
{
    /// <summary>Adds up what a quantity costs, each part of it at the price of its tier.</summary>
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

    /// <summary>Tells what is wrong with the tiers, or null.</summary>
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
