namespace Storefront.Traffic;

/// <summary>Registers the simulated shoppers and their options.</summary>
internal static class TrafficServices
{
    public static IServiceCollection AddTraffic(this IServiceCollection services, IConfiguration configuration)
    {
        _ = services.AddOptions<TrafficOptions>().Bind(configuration).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<StaffActions>()
            .AddSingleton<Shoppers>().AddHostedService(p => p.GetRequiredService<Shoppers>()).AddHostedService<Incident>();
    }
}
