using CloudObserve;
using Storefront;
using Storefront.Shop;
using Storefront.Telemetry;
using Storefront.Traffic;

WebApplicationBuilder builder = ShopHost.CreateBuilder(args);

// These lines add the whole library. The rest of its settings is in appsettings.json.
builder.AddCloudObserve()
    .WithMetrics(m => m.AddMeter(ShopMetrics.MeterName, "Microsoft.AspNetCore.*"))
    .WithLogs()
    .WithAuditTrail(a => a.Directory = TrailSummary.DirectoryFrom(builder.Configuration))
    .WithAuditedEndpoints()
    .WithMonitoring(m => m.AddShopAlarms(builder.Configuration))
    .KeepLocalCopy();
builder.Services.AddHealthChecks().AddCloudObserve();

builder.Services.AddShop().AddTraffic(builder.Configuration).AddReports();

WebApplication app = builder.Build();
app.MapShop();
app.MapHealthChecks("/health");

// The last line of output, after all log messages.
Console.WriteLine(await ShopHost.RunAsync(app));
