using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace CloudObserve.LoadTests.Working;

/// <summary>Obeys the lines that come on standard input, each answered by a report, and reports twice a second unasked.</summary>
internal sealed class Orders(Load load, ICloudObserve observe, WorkerReport report, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Nobody waits for the reader: a read of standard input cannot be cancelled, and its thread ends with the process.
        new Thread(Read) { IsBackground = true }.Start();
        using PeriodicTimer timer = new(Beat);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            report.Print("status");
        }
    }

    private void Read()
    {
        while (Console.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            Obey(words[0], words.Length > 1 ? int.Parse(words[1], CultureInfo.InvariantCulture) : 0);
            report.Print(words[0]);
        }
    }

    private void Obey(string order, int count)
    {
        switch (order)
        {
            case "events":
                load.WriteEvents(count);
                break;
            case "samples":
                load.PutSamples(count);
                break;
            case "quiet":
                load.BeQuiet();
                break;
            case "flush":
                _ = observe.FlushAsync().AsTask().GetAwaiter().GetResult();
                break;
            case "stop":
                lifetime.StopApplication();
                break;
            case "crash":
                throw new InvalidOperationException("The worker was told to crash.");
            default:
                throw new ArgumentException($"No such order: {order}", nameof(order));
        }
    }
}
