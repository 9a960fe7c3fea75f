using System.Text;
using CloudObserve.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// Writes records until it is killed, and prints the id of each that was acknowledged: AuditWriter DIRECTORY WRITERS BYTES
(string directory, int writers, int bytes) = (args[0], int.Parse(args[1]), int.Parse(args[2]));
HostApplicationBuilder builder = Host.CreateApplicationBuilder();
_ = builder.Logging.ClearProviders();
_ = builder.AddCloudObserve().WithAuditTrail(a =>
{
    a.Directory = directory;
    a.SealBytes = 1024 * 1024;
    a.PublishMetrics = false;
});
using IHost host = builder.Build();
await host.StartAsync();

// When the test ends before it has killed this process, its end of the pipe closes; nobody else would ever end the writers.
_ = Task.Run(async () =>
{
    _ = await Console.In.ReadToEndAsync();
    Environment.Exit(1);
});

IAuditTrail trail = host.Services.GetRequiredService<IAuditTrail>();
using Stream output = Console.OpenStandardOutput();
Lock gate = new();
AuditData padding = new() { ["padding"] = new string('p', bytes) };
await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
{
    for (int i = 0; ; i++)
    {
        Guid id = Guid.NewGuid();
        await trail.RecordAsync(new AuditEvent($"Write{w}") { EventId = id, RequestParameters = padding });
        lock (gate)
        {
            // Straight into the pipe: what the reader gets was acknowledged, and what was acknowledged before a kill is there.
            output.Write(Encoding.ASCII.GetBytes($"{id}\n"));
        }
    }
})));
