namespace Storefront.Shop;

/// <summary>Contains the regions and tiers of the shop.</summary>
/// <remarks>The sets are fixed, because a client must not be able to create dimension values: every new value is billed.</remarks>
internal static class Market
{
    public static readonly string[] Regions = ["eu", "us", "ap"];

    public static readonly string[] Tiers = ["bronze", "silver", "gold"];
}
