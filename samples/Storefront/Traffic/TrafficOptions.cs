using System.ComponentModel.DataAnnotations;

namespace Storefront.Traffic;

/// <summary>The program's own options: <c>--rate</c>, <c>--duration</c> and <c>--shoppers</c>.</summary>
internal sealed class TrafficOptions
{
    private const double RequestsPerShopper = 5;

    /// <summary>Gets or sets how many requests a second all shoppers send together.</summary>
    [Range(0.1, 100_000)]
    public double Rate { get; set; } = 50;

    /// <summary>Gets or sets how many seconds the shop stays open. Without it, until Ctrl+C or SIGTERM.</summary>
    [Range(0.1, 2_000_000)]
    public double? Duration { get; set; }

    /// <summary>Gets or sets how many shoppers there are; 0 for none. Without it, one for every five requests a second.</summary>
    [Range(0, 10_000)]
    public int? Shoppers { get; set; }

    public int ShopperCount => Shoppers ?? (int)Math.Clamp(Rate / RequestsPerShopper, 1, 500);
}
