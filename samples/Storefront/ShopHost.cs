using Microsoft.Extensions.Options;
using Storefront.Telemetry;
using Storefront.Traffic;

namespace Storefront;

/// <summary>Creates the shop's host, runs it for a limited time, and returns its report.</summary>
internal static class ShopHost
{
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // The settings file is beside the program, whatever the current directory.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
        {
            // Any free port, so that the sample also runs while another one is running.
            _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        }

        return builder;
    }

    /// <summary>Runs the shop until <c>--duration</c> is over or the process is told to stop, and prints what it has done.</summary>
    /// <returns>The report.</returns>
    public static async Task<string> RunAsync(WebApplication app)
    {
        await using (app)
        {
            await app.StartAsync();
            double? duration = app.Services.GetRequiredService<IOptions<TrafficOptions>>().Value.Duration;
            using CancellationTokenSource closingTime = duration is { } seconds ? new(TimeSpan.FromSeconds(seconds)) : new();
            await app.WaitForShutdownAsync(closingTime.Token);

            // The host has stopped: the shoppers have left, the server is closed, and all accepted data is delivered or lost.
            app.Services.GetRequiredService<MetricsTable>().Print();
            app.Services.GetRequiredService<AlarmSummary>().Print();
            await app.Services.GetRequiredService<TrailSummary>().PrintAsync();
            return app.Services.GetRequiredService<Report>().Write();
        }
    }
}
