namespace Storefront.Telemetry;

/// <summary>Registers the objects that read the shop's data back and print it.</summary>
internal static class ReportServices
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<TrailSummary>().AddSingleton<RecentErrors>().AddSingleton<AlarmSummary>().AddSingleton<Report>()
        .AddSingleton<MetricsTable>().AddHostedService(p => p.GetRequiredService<MetricsTable>());
}
