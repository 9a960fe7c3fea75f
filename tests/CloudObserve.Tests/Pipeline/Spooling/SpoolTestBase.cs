using CloudObserve.Delivery;
using CloudObserve.Pipeline.Spooling;
using CloudObserve.Tests.Pipeline.Delivery;

namespace CloudObserve.Tests.Pipeline.Spooling;

/// <summary>
/// The common parts of the spool's tests: a directory that outlives delivery loops, and a destination that is down until told otherwise.
/// </summary>
public abstract class SpoolTestBase : IDisposable
{
    private static readonly SendResult Down = SendResult.Failed(ErrorClass.Unavailable, "ServiceUnavailable", "down");

    private volatile bool _isDown = true;

    private protected SpoolTestBase() => Sink = new ScriptedSink((_, _) => _isDown ? Down : SendResult.Delivered());

    private protected bool IsDown
    {
        set => _isDown = value;
    }

    private protected string SpoolPath { get; } = Path.Combine(Directory.CreateTempSubdirectory("cloudobserve-spool").FullName, "spool");

    private protected List<SpoolDirectory> Directories { get; } = [];

    private protected ScriptedSink Sink { get; }

    public void Dispose()
    {
        Directories.ForEach(d => d.Dispose());
        Directory.Delete(Path.GetDirectoryName(SpoolPath)!, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected LoopFixture Start(
        DeliveryOptions? options = null, ScriptedSink? sink = null, bool start = true, IBatchSink? copySink =
            null, Predicate<Batch>? isKept = null)
    {
        options ??= new DeliveryOptions();
        LoopFixture fixture = new(sink ?? Sink, options, spool: events =>
        {
            Directories.Add(new SpoolDirectory(SpoolPath, options.Spool, events));
            return Directories[^1];
        }, copySink: copySink, isKept: isKept);
        if (start)
        {
            fixture.Copies?.Start();
            fixture.Loop.Start();
        }

        return fixture;
    }

    // What the end of a process does to its locks.
    private protected void EndProcess()
    {
        Directories.ForEach(d => d.Dispose());
        Directories.Clear();
    }

    private protected static async Task CloseAtOnce(LoopFixture fixture)
    {
        await fixture.Loop.CloseAsync(new CancellationToken(canceled: true)).WaitAsync(LoopFixture.Safety);
        await LoopFixture.Until(() => fixture.Ledger.Snapshot() is { } books && books.InFlight == books.Spooled);
    }

    private protected string[] Files() =>
        Directory.Exists(SpoolPath) ? Directory.GetFiles(SpoolPath, "*.batch", SearchOption.AllDirectories) : [];
}
