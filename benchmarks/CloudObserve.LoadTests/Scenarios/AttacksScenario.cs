using System.Diagnostics;
using System.Globalization;
using CloudObserve.Delivery;
using CloudObserve.LoadTests.Attacking;
using CloudObserve.LoadTests.Calling;
using CloudObserve.Metrics;
using Microsoft.Extensions.Logging;

namespace CloudObserve.LoadTests.Scenarios;

/// <summary>Repeats attacks on the library within one process, and measures what they cost.</summary>
/// <remarks>Attacks that need several processes, or hostile files, are in the integration tests.</remarks>
internal sealed class AttacksScenario : IScenario
{
    private const int Series = 10_000;
    private const int Properties = 100_000;

    // Generous, because the machine may be busy. Without the protection, the waits end only with the pool's threads.
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(3);

    public string Name => "attacks";

    public async Task<ScenarioResult> RunAsync(Lengths lengths)
    {
        List<string> failures = [];
        List<string> table = ["| attack | figure |", "|---|---|"];
        bool isFull = lengths == Lengths.Full;
        table.AddRange(LookUps(isFull ? 20 : 2));
        table.Add(await WaitAsync(isFull ? 200_000 : 5_000, failures));
        table.Add(await LargeEventAsync(failures));
        table.AddRange(await BlockedPoolAsync(failures));
        return new ScenarioResult(Name, $"{table.Count - 2} figures", failures) { Table = table };
    }

    private static IEnumerable<string> LookUps(int rounds)
    {
        (string Shape, Func<int, string> Name, Func<int, MetricDimension> Dimension)[] shapes =
        [
            ("metric names that differ at the end", static i => $"tenant.latency.{i:D8}", static _ => ("Region", "eu")),
            ("metric names that differ in the middle", static i => $"tenant.{i:D8}.latency", static _ => ("Region", "eu")),
            ("dimension names of equal length that differ in the middle", static _ => "latency", static i => ($"key.{i:D8}.name", "eu")),
            ("dimension values that differ in the middle", static _ => "latency", static i => ("Tenant", $"tenant.{i:D8}.eu")),
        ];
        foreach ((string shape, Func<int, string> name, Func<int, MetricDimension> dimension) in shapes)
        {
            using AttackedHost host = AttackedHost.StartAsync(new DroppingSink(), ("Metrics:MaxSeriesPerMetric", $"{Series + 1}"),
                ("Metrics:MaxSeries", $"{Series * 2}")).GetAwaiter().GetResult();
            IMetricPublisher metrics = host.Get<IMetricPublisher>();
            (string Name, MetricDimension Dimension)[] all = [.. Enumerable.Range(0, Series).Select(i => (name(i), dimension(i)))];
            double first = TimePerPut(metrics, all, 1);
            double later = TimePerPut(metrics, all, rounds);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"| `Put` to {Series} series, {shape} | {first:0} ns for a new series, {later:0} ns for a known one |");
        }
    }

    private static double TimePerPut(IMetricPublisher metrics, (string Name, MetricDimension Dimension)[] all, int rounds)
    {
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < rounds; round++)
        {
            foreach ((string name, MetricDimension dimension) in all)
            {
                metrics.Put(name, 1, dimension);
            }
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / ((double)rounds * all.Length);
    }

    private static async Task<string> WaitAsync(int events, List<string> failures)
    {
        SilentSink sink = new();
        using AttackedHost host = await AttackedHost.StartAsync(
            sink, ("Logs:WhenFull", "Wait"), ("Logs:WhenFullTimeout", "00:01:00"), ("Logs:BufferBytes", "262144"),
            ("Delivery:MaxBufferBytes", "2097152"), ("Delivery:Spool:Enabled", "false"), ("Delivery:RequestTimeout", "00:05:00"));
        long logged = 0;
        Thread caller = new(() =>
        {
            ILogger logger = host.Logger;
            for (int i = 0; i < events; i++)
            {
                logger.LogInformation("Event {Number} {Text}", i, "a text of some length, so that the buffer is full soon");
                Interlocked.Increment(ref logged);
            }
        })
        { IsBackground = true };
        caller.Start();
        long before = -1;
        while (caller.IsAlive && (before <= 0 || before != Interlocked.Read(ref logged)))
        {
            before = Interlocked.Read(ref logged);
            await Task.Delay(500);
        }

        long lostMeanwhile = host.Library.Ledgers["logs"].TotalLost;
        sink.Open();
        await Task.Run(caller.Join);
        _ = await host.Library.FlushAsync();
        LedgerSnapshot books = host.Library.Ledgers["logs"];
        if (books.TotalLost + lostMeanwhile > 0 || books.Delivered != events)
        {
            failures.Add($"a caller that waits lost {books.TotalLost} of {events} events");
        }

        return $"| `WhenFull.Wait` and a silent destination | the caller waited after {before} of {events} events; {books.TotalLost} lost, "
            + $"{books.Delivered} delivered after the outage |";
    }

    private static async Task<string> LargeEventAsync(List<string> failures)
    {
        SilentSink sink = new();
        sink.Open();
        using AttackedHost host = await AttackedHost.StartAsync(sink);
        KeyValuePair<string, object?>[] state =
            [.. Enumerable.Range(0, Properties).Select(i => KeyValuePair.Create($"Property{i}", (object?)i))];
        host.Logger.Log(LogLevel.Information, default, state, null, static (_, _) => "many properties");
        _ = await host.Library.FlushAsync();
        LedgerSnapshot books = host.Library.Ledgers["logs"];
        if (books.TotalLost > 0)
        {
            failures.Add("an event with many properties was lost");
        }

        return $"| an event of {Properties} properties | {sink.LargestItem} bytes delivered as JSON text, {books.TotalLost} events lost |";
    }

    private static async Task<IReadOnlyList<string>> BlockedPoolAsync(List<string> failures)
    {
        SilentSink sink = new();
        string state = Directory.CreateTempSubdirectory("cloudobserve-attack").FullName;
        try
        {
            using AttackedHost host = await AttackedHost.StartAsync(
                sink, ("StateDirectory", state), ("Delivery:ShutdownTimeout", "00:00:03"));
            for (int i = 0; i < 1_000; i++)
            {
                host.Logger.LogInformation("Event {Number}", i);
            }

            // From here on nothing may be awaited: a continuation would need the pool.
            TimeSpan flush;
            TimeSpan stop;
            LedgerSnapshot books;
            using (new BlockedPool())
            {
                using CancellationTokenSource two = new();
                flush = Time(() => host.Library.FlushAsync(two.Token).AsTask(), two);
                using CancellationTokenSource three = new();
                stop = Time(() => host.StopAsync(three.Token), three);
                books = host.Library.Ledgers["logs"];
            }

            if (flush > Late || stop > Late || books.TotalLost > 0)
            {
                failures.Add($"with a blocked pool, flush and stop returned {flush} and {stop} after their tokens, {books.TotalLost} lost");
            }

            return
            [
                string.Create(
                CultureInfo.InvariantCulture,
                    $"| flush with every thread of the pool blocked | returned {flush.TotalMilliseconds:0} ms after its token |"),
                string.Create(
                CultureInfo.InvariantCulture,
                    $"| stop with every thread of the pool blocked | returned {stop.TotalMilliseconds:0} ms after its token; "
                        + $"{books.Spooled} of 1000 events spooled, {books.TotalLost} lost |"),
            ];
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    // Cancels the token after a second, on this thread, and measures from then on.
    private static TimeSpan Time(Func<Task> begin, CancellationTokenSource cancellation)
    {
        Task running = begin();
        Thread.Sleep(TimeSpan.FromSeconds(1));
        long start = Stopwatch.GetTimestamp();
        cancellation.Cancel();
        _ = SpinWait.SpinUntil(() => running.IsCompleted, TimeSpan.FromMinutes(1));
        return Stopwatch.GetElapsedTime(start);
    }
}
