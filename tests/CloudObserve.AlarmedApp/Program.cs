using System.Globalization;
using CloudObserve;
using CloudObserve.Delivery;
using CloudObserve.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// Changes the states of alarms whenever it reads "flip", and prints the books whenever they change, until it reads "stop":
// AlarmedApp WEBHOOK DIRECTORY ALARMS
(string webhook, string directory, int alarms) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
HostApplicationBuilder builder = Host.CreateApplicationBuilder();
_ = builder.Logging.ClearProviders();
_ = builder.AddCloudObserve()
    .WithDelivery(d => d.Spool.SpillAfter = TimeSpan.Zero)
    .WithMonitoring(m =>
    {
        for (int i = 0; i < alarms; i++)
        {
            _ = m.AddAlarm($"alarm-{i}", a => a
                .Metric("Shop", "Orders").Statistic("Sum").GreaterThan(1).WhenMissing(MissingData.Ignore)
                .Notify("ops").NotifyOk("ops"));
        }

        _ = m.AddTopic("ops", t => t.Webhook(webhook, w => w.Template("""["<Id>"]""")));
    });
_ = builder.Services.Configure<DeliveryChannelOptions>("notifications", o => o.MaxRetryDelay = TimeSpan.FromSeconds(1));
_ = builder.Services.Configure<CloudObserveOptions>(o =>
{
    o.StateDirectory = Path.Combine(directory, "state");
    o.Local.Directory = Path.Combine(directory, "data");
});
using IHost host = builder.Build();
await host.StartAsync();

IAlarms service = host.Services.GetRequiredService<IAlarms>();
using CancellationTokenSource stopped = new();
_ = Task.Run(async () =>
{
    int flips = 0;
    while (await Console.In.ReadLineAsync() is { } line)
    {
        if (line == "stop")
        {
            await stopped.CancelAsync();
            return;
        }

        string state = ++flips % 2 == 1 ? "ALARM" : "OK";
        for (int i = 0; i < alarms; i++)
        {
            service.SetAlarmState(new SetAlarmStateRequest { AlarmName = $"alarm-{i}", StateValue = state, StateReason = "flip" });
        }

        Console.WriteLine($"flipped {flips}");
    }

    // When the test ends before it has killed this process, its end of the pipe closes; nobody else would ever end it.
    Environment.Exit(1);
});

ICloudObserve library = host.Services.GetRequiredService<ICloudObserve>();
using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
string printed = "";
while (!stopped.IsCancellationRequested)
{
    LedgerSnapshot books = library.Ledgers["notifications"];
    string line = $"accepted {books.Accepted} delivered {books.Delivered} lost {books.TotalLost} "
        + $"changes {Count("StateUpdate")} told {Count("Action")}";
    if (line != printed)
    {
        Console.WriteLine(printed = line);
    }

    _ = await timer.WaitForNextTickAsync();
}

await host.StopAsync();

int Count(string type)
{
    int count = 0;
    string? token = null;
    do
    {
        DescribeAlarmHistoryResponse page = service.DescribeAlarmHistory(
            new DescribeAlarmHistoryRequest { HistoryItemType = type, NextToken = token });
        count += page.AlarmHistoryItems.Count;
        token = page.NextToken;
    }
    while (token is not null);
    return count;
}
