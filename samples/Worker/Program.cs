using CloudObserve;
using Worker;
using Worker.Parcels;
using Worker.Telemetry;

// The settings file is beside the program, whatever the current directory.
HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});
WorkerOptions options = WorkerOptions.Read(builder.Configuration);

// Namespace, interval, log group and the metric filter are set in appsettings.json. The command line can override them.
builder.AddCloudObserve()
    .WithMetrics(m => m.AddMeter(ParcelMetrics.MeterName))
    .WithLogs();

// Hosted services stop in reverse order: first the feed, then the consumer, after it has emptied the queue.
builder.Services
    .AddSingleton(options)
    .AddSingleton<ParcelQueue>().AddSingleton<LabelService>().AddSingleton<Shipments>().AddSingleton<ParcelMetrics>()
    .AddSingleton<StoredTelemetry>().AddSingleton<Report>()
    .AddHostedService<ParcelConsumer>()
    .AddHostedService<ParcelFeed>();

string report;
using (IHost host = builder.Build())
{
    Report run = host.Services.GetRequiredService<Report>();
    await host.StartAsync();
    using CancellationTokenSource closingTime = options.Duration is { } duration ? new(duration) : new();
    await host.WaitForShutdownAsync(closingTime.Token);

    // The host has stopped: the queue is empty, and all accepted data is delivered or lost.
    host.Services.GetRequiredService<StoredTelemetry>().Print();
    report = run.Write();
}

// The last line of output, after all log messages.
Console.WriteLine(report);
