using Storefront.Telemetry;

namespace Storefront.Shop;

/// <summary>Registers the objects of the shop.</summary>
internal static class ShopServices
{
    public static IServiceCollection AddShop(this IServiceCollection services) => services.AddStaff()
        .AddSingleton<Catalogue>().AddSingleton<Carts>().AddSingleton<Customers>()
        .AddSingleton<Orders>().AddSingleton<PaymentProvider>().AddSingleton<Checkout>()
        .AddSingleton<RequestCounter>().AddSingleton<ShopMetrics>();
}
