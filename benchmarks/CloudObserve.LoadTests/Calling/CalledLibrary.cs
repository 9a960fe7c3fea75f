using CloudObserve.Benchmarks.Logs;

namespace CloudObserve.LoadTests.Calling;

/// <summary>Represents a library whose calls are timed.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Title">The name in tables.</param>
/// <param name="StartAsync">Sets up the library; receives the address of CloudWatch.</param>
/// <param name="MostRate">The highest sensible rate, in calls per second.</param>
internal sealed record CalledLibrary(string Name, string Title, Func<Uri?, Task<ICalled>> StartAsync, int MostRate = int.MaxValue)
{
    // OpenTelemetry's default. Its batches are full long before.
    private const int OpenTelemetryDelay = 5_000;

    // Each record needs a flush to disk, and an application has at most hundreds of privileged actions per second.
    private const int MostAuditRecords = 400;

    internal static readonly CalledLibrary[] All =
    [
        new("nothing", "no call: the schedule alone", _ => Called(new NothingCalled())),
        new("cloudobserve", "log: CloudObserve, sent", async url => await OurCalled.LogAsync(url)),
        new("cloudobserve-dropped", "log: CloudObserve, dropped", async _ => await OurCalled.LogAsync(null)),
        new("opentelemetry", "log: OpenTelemetry, dropped",
            _ => Called(new RivalCalled(new OpenTelemetryLogs(json: true, OpenTelemetryDelay), isRead: false))),
        new("nlog", "log: NLog, dropped", _ => Called(new RivalCalled(new NLogLogs(json: true), isRead: false))),
        new("serilog", "log: Serilog, dropped", _ => Called(new RivalCalled(new SerilogLogs(json: true), isRead: true))),
        new("put", "metric: CloudObserve, sent", async url => await OurCalled.PutAsync(url)),
        new("audit", "audit record on disk: CloudObserve", async url => await OurCalled.RecordAsync(url), MostAuditRecords),
    ];

    private static Task<ICalled> Called(ICalled called) => Task.FromResult(called);
}
