using CloudObserve.Delivery;
using CloudObserve.Hosting;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Logs;
using CloudObserve.Testing;
using CloudObserve.Tests.Pipeline.Delivery;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Tests.Logs;

/// <summary>The reader hangs with an event in its hands, as it would on a disk that does not answer.</summary>
public sealed class HangingReaderTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly HangingGate _gate = new();
    private readonly LogsComposition _logs;

    public HangingReaderTests()
    {
        LogIdentity identity = new("app", "Test", "host", "one", "process");
        CloudObserveOptions options = new() { Logs = { FlushLevel = LogLevel.Error } };
        _logs = LogsComposition.Create(options, identity, null, new(new SilentSink()), new RecordingEvents(), _time, _gate);
        _logs.Signal.Start();
        _logs.Provider.CreateLogger("Shop").LogError("Event");
        Assert.True(_gate.Entered.Wait(LoopFixture.Safety));
    }

    public void Dispose()
    {
        _gate.Release.Set();
        _logs.Signal.Dispose();
    }

    [Fact]
    public async Task A_close_ends_soon_after_its_deadline()
    {
        using CancellationTokenSource deadline = new();
        Task close = Task.Run(() => _logs.Signal.CloseAsync(deadline.Token));
        await deadline.CancelAsync();
        await LoopFixture.Until(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return close.IsCompleted;
        });

        await close;
        LedgerSnapshot books = _logs.Signal.Ledger.Snapshot();
        Assert.Equal((1, 1), (books.Accepted, books.InFlight));
    }

    [Fact]
    public async Task A_flush_ends_with_its_token()
    {
        using CancellationTokenSource patience = new();
        Task flush = Task.Run(() => _logs.Signal.FlushAsync(patience.Token));
        await patience.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flush.WaitAsync(LoopFixture.Safety));
    }

    private sealed class HangingGate : ILogEventFilter
    {
        internal ManualResetEventSlim Entered { get; } = new();

        internal ManualResetEventSlim Release { get; } = new();

        public LossReason? Withhold(LogRoute route, DateTimeOffset time, DateTimeOffset now, ReadOnlySpan<byte> text)
        {
            Entered.Set();
            Release.Wait();
            return null;
        }
    }

    private sealed class SilentSink : IBatchSink
    {
        public ValueTask<SendResult> SendAsync(Batch batch, CancellationToken cancellationToken) =>
            ValueTask.FromResult(SendResult.Delivered());
    }
}
