using System.Diagnostics;
using CloudObserve.Delivery;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Pipeline.Spooling;
using CloudObserve.Testing;

namespace CloudObserve.Tests.Pipeline.Delivery;

/// <summary>A delivery loop under a clock that is moved by hand.</summary>
internal sealed class LoopFixture
{
    /// <summary>The real time that a test waits before it reports that something hangs.</summary>
    internal static readonly TimeSpan Safety = TimeSpan.FromSeconds(30);

    internal LoopFixture(
        IBatchSink sink,
        DeliveryOptions? options = null,
        Func<double>? random = null,
        Func<RecordingEvents, SpoolDirectory>? spool = null,
        IBatchSink? copySink = null,
        Predicate<Batch>? isKept = null,
        IReadOnlyList<LossReason>? ownReasons = null)
    {
        options ??= new DeliveryOptions { MaxConcurrentRequests = 4 };
        Copies = copySink is null ? null : new CopyDelivery("copies", copySink, options, CopyEvents, Time, isKept ?? (_ => false));
        Ledger = new LossLedger("things", Events, null, ownReasons);
        DeliveryTarget target = new(sink, spool?.Invoke(Events), Copies);
        Loop = new DeliveryLoop(target, options, Ledger, Events, Time, random ?? (() => 0.999999));
    }

    internal ManualTimeProvider Time { get; } = new(Batches.Start);

    internal LossLedger Ledger { get; }

    internal RecordingEvents Events { get; } = new();

    internal RecordingEvents CopyEvents { get; } = new();

    internal CopyDelivery? Copies { get; }

    internal DeliveryLoop Loop { get; }

    /// <summary>Yields until something that other threads are about to do has been done.</summary>
    internal static async Task Until(Func<bool> done)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!done())
        {
            Assert.True(watch.Elapsed < Safety, "What the test waits for does not happen.");
            await Task.Yield();
        }
    }

    internal void Enqueue(Batch batch)
    {
        Ledger.Accept(batch.Weight);
        Loop.Enqueue(batch);
    }

    /// <summary>Moves the clock in steps until the task is done; each step only after the loop has come to rest.</summary>
    internal async Task Drive(Task task, TimeSpan? step = null)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!task.IsCompleted)
        {
            Assert.True(watch.Elapsed < Safety, "The loop does not get done.");
            await Task.Yield();
            if (Loop.Gauges.Requests == 0)
            {
                Time.Advance(step ?? TimeSpan.FromSeconds(1));
            }
        }

        await task;
    }

    internal Task Close() => Loop.CloseAsync(CancellationToken.None).WaitAsync(Safety);

    internal Task Flush() => Loop.FlushAsync(CancellationToken.None).WaitAsync(Safety);

    internal void AssertBooks(long delivered, params (LossReason Reason, long Count)[] lost)
    {
        LedgerSnapshot books = Ledger.Snapshot();
        Assert.Equal(delivered, books.Delivered);
        Assert.Equal(
            lost.Where(l => l.Count > 0).OrderBy(l => l.Reason.Name, StringComparer.Ordinal),
            books.Lost.Select(l => (l.Key, l.Value)).OrderBy(l => l.Key.Name, StringComparer.Ordinal));
        Assert.Equal(0, books.InFlight);
        Assert.Equal(books.TotalLost, Events.Losses.Sum(l => l.Count));
    }
}
