using System.Globalization;
using CloudObserve;
using CloudObserve.Delivery;
using CloudObserve.EventForwarder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// Sends batches of five events each and prints the ledger whenever it changes, until it reads "stop": EventForwarder URL STATE BATCHES
(Uri endpoint, string state, int batches) = (new Uri(args[0]), args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
HostApplicationBuilder builder = Host.CreateApplicationBuilder();
_ = builder.Logging.ClearProviders();
_ = builder.AddCloudObserve()
    .WithDelivery(d => d.Spool.SpillAfter = TimeSpan.Zero)
    .AddDeliveryChannel(Forwarder.ChannelName, _ => new EndpointSink(), o => o.MaxRetryDelay = TimeSpan.FromSeconds(1));
_ = builder.Services.Configure<CloudObserveOptions>(o => o.StateDirectory = state);
_ = builder.Services.AddSingleton(p => new Forwarder(
    p.GetRequiredKeyedService<IDeliveryChannel>(Forwarder.ChannelName), p.GetRequiredService<TimeProvider>()));
using IHost host = builder.Build();
await host.StartAsync();

using CancellationTokenSource stopped = new();
_ = Task.Run(async () =>
{
    // When the test ends before it has killed this process, its end of the pipe closes; nobody else would ever end it.
    if (await Console.In.ReadLineAsync() != "stop")
    {
        Environment.Exit(1);
    }

    await stopped.CancelAsync();
});

Forwarder forwarder = host.Services.GetRequiredService<Forwarder>();
for (int i = 0; i < batches; i++)
{
    forwarder.Forward(endpoint, Enumerable.Range(0, 5).Select(e => $"event-{i}-{e}"));
}

ICloudObserve library = host.Services.GetRequiredService<ICloudObserve>();
using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
string printed = "";
while (!stopped.IsCancellationRequested)
{
    LedgerSnapshot books = library.Ledgers[Forwarder.ChannelName];
    string line = $"accepted {books.Accepted} delivered {books.Delivered} lost {books.TotalLost} spooled {books.Spooled}";
    if (line != printed)
    {
        Console.WriteLine(printed = line);
    }

    _ = await timer.WaitForNextTickAsync();
}

await host.StopAsync();
