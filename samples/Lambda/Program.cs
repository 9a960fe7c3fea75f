using CloudObserve.Metrics;
using Lambda;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// The settings are found beside the program, from wherever it is started.
HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });

// Nothing is sent from here: the platform takes what stands on standard output to the function's log group, and CloudWatch takes the metrics from there.
builder.AddCloudObserve()
    .UseAws()
    .WithMetrics(m => m.UseEmbeddedMetricFormat(format => format.Target = EmbeddedMetricTarget.StandardOutput));
builder.Services.AddSingleton<Function>();

// What follows stands for the function's runtime: it starts the function once, and calls it with one event after another.
using IHost host = builder.Build();
await host.StartAsync();
Function function = host.Services.GetRequiredService<Function>();
await foreach (string invocation in Invocations.ReadAsync(builder.Configuration))
{
    await function.HandleAsync(invocation);
}

await host.StopAsync();
