using CloudObserve.Metrics;
using Lambda;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// The settings file is beside the program, whatever the current directory.
HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});

// The program sends nothing itself: the platform writes standard output to the function's log group, and CloudWatch extracts the metrics
// there.
builder.AddCloudObserve()
    .UseAws()
    .WithMetrics(m => m.UseEmbeddedMetricFormat(format => format.Target = EmbeddedMetricTarget.StandardOutput));
builder.Services.AddSingleton<Function>();

// The rest simulates the Lambda runtime: it starts the function once and calls it with one event after another.
using IHost host = builder.Build();
await host.StartAsync();
Function function = host.Services.GetRequiredService<Function>();
await foreach (string invocation in Invocations.ReadAsync(builder.Configuration))
{
    await function.HandleAsync(invocation);
}

await host.StopAsync();
