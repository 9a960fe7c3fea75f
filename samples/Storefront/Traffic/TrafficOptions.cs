using System.ComponentModel.DataAnnotations;

namespace Storefront.Traffic;

/// <summary>Provides the options <c>--rate</c>, <c>--duration</c>, <c>--shoppers</c> and <c>--incident</c>.</summary>
internal sealed class TrafficOptions
{
    private const double RequestsPerShopper = 5;

    /// <summary>Gets or sets the number of requests per second of all shoppers together.</summary>
    [Range(0.1, 100_000)]
    public double Rate { get; set; } = 50;

    /// <summary>Gets or sets the number of seconds for which the shop is open.</summary>
    /// <remarks>The default is until Ctrl+C or SIGTERM.</remarks>
    [Range(0.1, 2_000_000)]
    public double? Duration { get; set; }

    /// <summary>Gets or sets the number of shoppers; 0 for none.</summary>
    /// <remarks>The default is one for every five requests per second.</remarks>
    [Range(0, 10_000)]
    public int? Shoppers { get; set; }

    /// <summary>Gets or sets the number of seconds for which the payment provider fails, beginning 15 seconds after the start.</summary>
    /// <remarks>The default is no incident.</remarks>
    [Range(0.1, 2_000_000)]
    public double? Incident { get; set; }

    public int ShopperCount => Shoppers ?? (int)Math.Clamp(Rate / RequestsPerShopper, 1, 500);
}
