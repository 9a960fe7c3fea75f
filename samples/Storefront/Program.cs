using CloudObserve;
using Microsoft.Extensions.Options;
using Storefront.Shop;
using Storefront.Telemetry;
using Storefront.Traffic;

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

// Namespace, interval, roll-ups and resolution are set in appsettings.json. The command line can override them.
builder.AddCloudObserve()
    .WithMetrics(m => m.AddMeter(ShopMetrics.MeterName, "Microsoft.AspNetCore.*"))
    .WithLogs()
    .WithAuditTrail(a => a.Directory = builder.Configuration["CloudObserve:AuditTrail:Directory"] ?? TrailSummary.OwnDirectory)
    .WithAuditedEndpoints();
builder.Services.AddHealthChecks().AddCloudObserve();
builder.Services
    .AddStaff().AddSingleton<StaffActions>().AddSingleton<Customers>().AddSingleton<TrailSummary>()
    .AddSingleton<Catalogue>().AddSingleton<Carts>().AddSingleton<Orders>().AddSingleton<PaymentProvider>().AddSingleton<Checkout>()
    .AddSingleton<ShopBooks>().AddSingleton<ShopMetrics>().AddSingleton<PublishedTotals>()
    .AddSingleton<RecentErrors>().AddSingleton<StoredLogs>().AddSingleton<MetricsTable>()
    .AddHostedService(p => p.GetRequiredService<MetricsTable>())
    .AddSingleton<Shoppers>().AddHostedService(p => p.GetRequiredService<Shoppers>())
    .AddOptions<TrafficOptions>().Bind(builder.Configuration).ValidateDataAnnotations().ValidateOnStart();

string report;
await using (WebApplication app = builder.Build())
{
    app.MapShop();
    app.MapHealthChecks("/health");
    await app.StartAsync();

    // Created at start and not with the first customer, so that its gauges are read from the beginning.
    _ = app.Services.GetRequiredService<ShopMetrics>();

    double? duration = app.Services.GetRequiredService<IOptions<TrafficOptions>>().Value.Duration;
    using CancellationTokenSource closingTime = duration is { } seconds ? new(TimeSpan.FromSeconds(seconds)) : new();
    await app.WaitForShutdownAsync(closingTime.Token);

    // The host has stopped: the shoppers have left, the server is closed, and all accepted data is delivered or lost.
    app.Services.GetRequiredService<MetricsTable>().Print();
    await app.Services.GetRequiredService<TrailSummary>().PrintAsync();
    report = Report.Write(
        app.Services.GetRequiredService<ShopBooks>().Totals,
        app.Services.GetRequiredService<Shoppers>().Count,
        app.Services.GetRequiredService<StaffActions>().Take(),
        app.Services.GetRequiredService<PublishedTotals>().Take(),
        app.Services.GetRequiredService<StoredLogs>().Count(),
        app.Services.GetRequiredService<ICloudObserve>().Ledgers);
}

// The last line of output, after all log messages.
Console.WriteLine(report);
