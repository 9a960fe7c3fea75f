using System.Globalization;
using CloudObserve.LoadTests.Driving;
using CloudObserve.LoadTests.Working;
using CloudObserve.Testing;

namespace CloudObserve.LoadTests.Scenarios;

/// <summary>
/// Provides the environment of a scenario: a CloudWatch in this process, a worker in a separate process, and the checks at the end.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly List<string> _failures = [];
    private readonly List<string> _figures = [];
    private readonly string _state = Directory.CreateTempSubdirectory("cloudobserve-load").FullName;

    private Stage(ScriptedCloudWatch aws)
    {
        Aws = aws;
        Arrivals = new Arrivals(aws);
    }

    internal ScriptedCloudWatch Aws { get; }

    internal Arrivals Arrivals { get; }

    internal WorkerProcess Worker { get; private set; } = null!;

    /// <summary>Gets or sets a value indicating whether events arrive in the order of their numbers.</summary>
    /// <remarks>Events written by several threads have no order.</remarks>
    internal bool IsOrdered { get; set; } = true;

    internal static async Task<Stage> SetAsync(int events, int samples, params IEnumerable<string> settings)
    {
        ScriptedCloudWatch aws = ScriptedCloudWatch.Start();
        aws.CreateLogGroup(Working.Worker.LogGroup, Working.Worker.LogStream);
        Stage stage = new(aws);

        // A slow request on a busy machine must not time out: its answer would be lost, and its data would arrive twice without a fault in
        // the script.
        stage.Worker = await WorkerProcess.StartAsync(
            aws.Url, stage._state,
            ["--CloudObserve:Delivery:RequestTimeout=00:05:00", $"--events={events}", $"--samples={samples}", .. settings]);
        return stage;
    }

    /// <summary>Continues the load for a number of seconds.</summary>
    internal Task<WorkerState> LoadAsync(int seconds, int rate)
    {
        long until = Worker.State.Events + ((long)seconds * rate);
        return Worker.UntilAsync(s => s.Events >= until);
    }

    /// <summary>Ends the load gracefully, and checks that all data arrived and that the ledgers agree.</summary>
    /// <param name="mostDuplicateEvents">Returns the number of events that may have arrived twice.</param>
    /// <param name="mostDuplicateSamples">Returns the number of samples that may have arrived twice.</param>
    internal async Task SettleAsync(Func<long>? mostDuplicateEvents = null, Func<long>? mostDuplicateSamples = null)
    {
        _ = await Worker.OrderAsync("quiet");
        _ = await Worker.OrderAsync("flush");
        _ = await Worker.UntilAsync(s => s.Logs.InFlight == 0 && s.Metrics.InFlight == 0);
        WorkerState last = await Worker.StopAsync();
        CheckBooks("logs", last.Logs, last.Events);
        CheckBooks("metrics", last.Metrics, last.Samples);
        long missing = Arrivals.MissingOf(last.Events);
        Check(missing == 0, $"{missing} events never arrived");
        Check(Arrivals.Duplicates <= (mostDuplicateEvents?.Invoke() ?? 0), $"{Arrivals.Duplicates} events came twice");
        long extra = Arrivals.Samples - last.Samples;
        Check(extra >= 0, $"{-extra} samples never arrived");
        Check(extra <= (mostDuplicateSamples?.Invoke() ?? 0), $"{extra} samples came twice");
        Check(!IsOrdered || Arrivals.UnorderedRequests == 0, $"{Arrivals.UnorderedRequests} requests held events out of order");
        Check(!IsOrdered || Arrivals.Swapped() == 0, "events of the stream are swapped when they are read by time");
        Figure($"events {last.Events}, samples {last.Samples}, lost {last.Logs.TotalLost + last.Metrics.TotalLost}, twice {Arrivals.Duplicates} events and {extra} samples");
        Figure($"requests {Aws.Requests.Count}");
    }

    internal void Check(bool holds, string otherwise)
    {
        if (!holds)
        {
            _failures.Add(otherwise);
        }
    }

    internal void Figure(FormattableString figure) => _figures.Add(figure.ToString(CultureInfo.InvariantCulture));

    internal ScenarioResult End(string name, FigureTable? table = null) =>
        new(name, string.Join("; ", _figures), _failures) { Table = table?.Lines ?? [] };

    public async ValueTask DisposeAsync()
    {
        Worker?.Dispose();
        await Aws.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

    private void CheckBooks(string signal, WorkerBooks books, long handedIn)
    {
        Check(books.Accepted == handedIn, $"{signal}: {handedIn} were handed in and {books.Accepted} accepted");
        Check(books.Lost.Count == 0, $"{signal} lost {books.LostText}");
        Check(books.Delivered == books.Accepted, $"{signal}: {books.Delivered} of {books.Accepted} delivered");
        Check(books.InFlight == 0, $"{signal}: {books.InFlight} still in flight");
    }
}
