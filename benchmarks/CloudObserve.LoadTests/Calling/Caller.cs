using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace CloudObserve.LoadTests.Calling;

/// <summary>Represents an application whose threads call a library by a schedule.</summary>
/// <remarks>It prints one report for each rate.</remarks>
internal static class Caller
{
    internal const string Role = "caller";

    /// <summary>The number of calling threads.</summary>
    internal const int Threads = 2;

    // In seconds: time for all threads to be ready before the schedule begins.
    private const double Ahead = 0.02;

    internal static async Task<int> RunAsync(string[] args)
    {
        CallerSettings settings = new ConfigurationBuilder().AddCommandLine(args).Build().Get<CallerSettings>() ?? new CallerSettings();
        CalledLibrary library = Array.Find(CalledLibrary.All, l => l.Name == settings.Library)
            ?? throw new ArgumentException($"No such library: {settings.Library}", nameof(args));
        await using ICalled called = await library.StartAsync(settings.Url);
        long lost = 0;
        foreach (int rate in settings.Rates)
        {
            _ = Call(called, rate, settings.Time / 4);
            CallerThread[] threads = Call(called, rate, settings.Time);
            long before = lost;
            lost = await called.DrainAsync();
            CallerReport report = new(
                rate, threads.Sum(t => t.FromIntended.Count), lost - before, Merge(threads.Select(t => t.FromIntended)),
                Merge(threads.Select(t => t.FromStarted)));
            Console.WriteLine(JsonSerializer.Serialize(report));
        }

        return 0;
    }

    private static CallerThread[] Call(ICalled called, int rate, TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp() + (long)(Ahead * Stopwatch.Frequency);
        CallerThread[] calling =
            [.. Enumerable.Range(0, Threads).Select(_ => new CallerThread(called, new Schedule(start, (double)rate / Threads, time)))];
        Thread[] threads = [.. calling.Select(c => new Thread(c.Run))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        return calling;
    }

    private static Percentiles Merge(IEnumerable<LatencyHistogram> parts)
    {
        LatencyHistogram all = new();
        foreach (LatencyHistogram part in parts)
        {
            all.Add(part);
        }

        return Percentiles.Of(all);
    }
}
