namespace Storefront.Shop;

/// <summary>Where and to whom the shop sells. Closed sets: what a client sends must never make up a dimension, since every new value is billed.</summary>
internal static class Market
{
    public static readonly string[] Regions = ["eu", "us", "ap"];

    public static readonly string[] Tiers = ["bronze", "silver", "gold"];
}
