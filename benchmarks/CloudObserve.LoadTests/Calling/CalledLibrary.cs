using CloudObserve.Benchmarks.Logs;

namespace CloudObserve.LoadTests.Calling;

/// <summary>Whose call can be timed.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Title">The name in tables.</param>
/// <param name="StartAsync">Sets it up, given where CloudWatch is.</param>
/// <param name="MostRate">The highest rate that makes sense for it, in calls a second.</param>
internal sealed record CalledLibrary(string Name, string Title, Func<Uri?, Task<ICalled>> StartAsync, int MostRate = int.MaxValue)
{
    // OpenTelemetry's own default: its batches are full long before.
    private const int OpenTelemetryDelay = 5_000;

    // A record is a flush to the disk: an application has hundreds of privileged actions a second at the most.
    private const int MostAuditRecords = 400;

    internal static readonly CalledLibrary[] All =
    [
        new("nothing", "no call: the schedule alone", _ => Called(new NothingCalled())),
        new("cloudobserve", "log: CloudObserve, sent", async url => await OurCalled.LogAsync(url)),
        new("cloudobserve-dropped", "log: CloudObserve, dropped", async _ => await OurCalled.LogAsync(null)),
        new("opentelemetry", "log: OpenTelemetry, dropped", _ => Called(new RivalCalled(new OpenTelemetryLogs(json: true, OpenTelemetryDelay), isRead: false))),
        new("nlog", "log: NLog, dropped", _ => Called(new RivalCalled(new NLogLogs(json: true), isRead: false))),
        new("serilog", "log: Serilog, dropped", _ => Called(new RivalCalled(new SerilogLogs(json: true), isRead: true))),
        new("put", "metric: CloudObserve, sent", async url => await OurCalled.PutAsync(url)),
        new("audit", "audit record on disk: CloudObserve", async url => await OurCalled.RecordAsync(url), MostAuditRecords),
    ];

    private static Task<ICalled> Called(ICalled called) => Task.FromResult(called);
}
