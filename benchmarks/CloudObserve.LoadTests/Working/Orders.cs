using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace CloudObserve.LoadTests.Working;

/// <summary>Executes the commands on standard input, answers each with a report, and also reports twice a second.</summary>
internal sealed class Orders(
    Load load, Saturation saturation, ICloudObserve observe, WorkerReport report, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The reader thread is not awaited: a read of standard input cannot be cancelled, and the thread ends with the process.
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
            Obey(words[0], [.. words.Skip(1).Select(w => int.Parse(w, CultureInfo.InvariantCulture))]);
            report.Print(words[0]);
        }
    }

    private void Obey(string order, int[] numbers)
    {
        switch (order)
        {
            case "events":
                load.WriteEvents(numbers[0]);
                break;
            case "samples":
                load.PutSamples(numbers[0]);
                break;
            case "mark":
                LongestPause.Forget();
                break;
            case "saturate-events":
                saturation.WriteEvents(TimeSpan.FromSeconds(numbers[0]), numbers[1]);
                break;
            case "saturate-samples":
                saturation.PutSamples(TimeSpan.FromSeconds(numbers[0]), numbers[1]);
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
            case "exit":
                Environment.Exit(numbers[0]);
                break;
            default:
                throw new ArgumentException($"No such order: {order}", nameof(order));
        }
    }
}
