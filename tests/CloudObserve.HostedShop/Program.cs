using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using CloudObserve;
using CloudObserve.Audit;
using CloudObserve.HostedShop;
using CloudObserve.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
_ = builder.Logging.ClearProviders();
_ = builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));

// Set before anything is built: the library reads the clock as soon as there are loggers.
DateTimeOffset[] moments = [
    .. (builder.Configuration["moments"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)
        .Select(m => DateTimeOffset.Parse(m, CultureInfo.InvariantCulture))];
ShopClock clock = new(moments.Length > 0 ? moments[0] : null);
_ = builder.Services.AddSingleton<TimeProvider>(clock);

string directory = builder.Configuration["directory"] ?? Directory.CreateTempSubdirectory("hosted-shop").FullName;
string key = Path.Combine(directory, "key.pem");
using (RSA rsa = RSA.Create(2048))
{
    File.WriteAllText(key, rsa.ExportPkcs8PrivateKeyPem());
}

_ = builder.AddCloudObserve()
    .WithMetrics(m => m.Namespace = "Shop")
    .WithLogs(l => (l.LogGroup, l.LogStream) = ("/shop", "{date}"))
    .AddMetricFilter("Orders", "Order", t => t.Metric("Shop", "OrdersInLogs"))
    .WithAuditTrail(a =>
    {
        (a.Directory, a.SigningKeyPath, a.Region) = (Path.Combine(directory, "audit"), key, "eu-west-1");

        // What is counted are the shop's own samples.
        a.PublishMetrics = false;
    })
    .WithAuditedEndpoints();

WebApplication app = builder.Build();
_ = app.MapCloudObserveStatus();
_ = app.MapPost("/orders/{number:int}", (int number, IMetricPublisher metrics, ILoggerFactory loggers) =>
{
    loggers.CreateLogger("Shop").LogInformation("Order {Number}", number);
    metrics.Put("OrderValue", number);
}).Audited("PlaceOrder", "order/{number}");

switch (builder.Configuration["run"])
{
    case "load":
        await app.StartAsync();
        await Load.RunAsync(app.Services, builder.Configuration.GetValue("events", 100_000));
        await app.StopAsync();
        Report.Print(app.Services, directory);
        break;
    case "moments":
        await app.StartAsync();
        foreach (DateTimeOffset moment in moments)
        {
            clock.Now = moment;

            // The clock jumps here, and no timer tells: the flush closes the period of before, and what comes then is in that of now.
            _ = await app.Services.GetRequiredService<ICloudObserve>().FlushAsync();
            app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop").LogInformation("Order");
            app.Services.GetRequiredService<IMetricPublisher>().Put("OrderValue", 1);
            await app.Services.GetRequiredService<IAuditTrail>().RecordAsync(new AuditEvent("PlaceOrder"));
            _ = await app.Services.GetRequiredService<ICloudObserve>().FlushAsync();
        }

        await app.StopAsync();
        Report.Print(app.Services, directory);
        break;
    default:
        await app.RunAsync();
        break;
}
