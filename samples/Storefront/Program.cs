using CloudObserve;
using Storefront;
using Storefront.Shop;
using Storefront.Telemetry;
using Storefront.Traffic;

WebApplicationBuilder builder = ShopHost.CreateBuilder(args);

// These lines add the whole library. Namespace, interval, roll-ups, log group and metric filters are set in appsettings.json.
builder.AddCloudObserve()
    .WithMetrics(m => m.AddMeter(ShopMetrics.MeterName, "Microsoft.AspNetCore.*"))
    .WithLogs()
    .WithAuditTrail(a => a.Directory = TrailSummary.DirectoryFrom(builder.Configuration))
    .WithAuditedEndpoints();
builder.Services.AddHealthChecks().AddCloudObserve();

builder.Services.AddShop().AddTraffic(builder.Configuration).AddReports();

WebApplication app = builder.Build();
app.MapShop();
app.MapHealthChecks("/health");

// The last line of output, after all log messages.
Console.WriteLine(await ShopHost.RunAsync(app));
