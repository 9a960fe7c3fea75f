using System.Globalization;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Storage;
using CloudObserve.Delivery;
using CloudObserve.LogEvents.Routing;
using CloudObserve.LogEvents.Wire;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Delivery;
using Microsoft.Extensions.Logging;

namespace CloudObserve.Audit.Shipping;

/// <summary>Ships records to a log group, in order and at least once.</summary>
/// <remarks>
/// It reads records after they have been written, and stores its position on disk. The trail itself serves as the spool: one group of
/// records is in memory at a time, however long the destination is unavailable. Records that could not be delivered are read again, by this
/// process or the next.
/// </remarks>
/// <threadsafety>Safe for concurrent use; one loop ships.</threadsafety>
internal sealed class RecordShipping(
    ShippingParts parts, LogBatches batches, DeliveryLoop loop, LossLedger ledger, string destination, CopyDelivery? copies = null)
    : ITrailShipping, IDisposable
{
    /// <summary>The signal name in reports, instruments and logs.</summary>
    internal const string SignalName = "audit-shipping";

    /// <summary>The name of the operation in reports of failures.</summary>
    internal const string Remembering = "RememberShipped";
    internal const string Following = "ReadToShip";

    // The text that replaces the {category} placeholder in names.
    private const string Category = "Audit";

    // Half of a request's limit, so that a group nearly always fits into one request, and is far smaller than the smallest buffer.
    private const int GroupBytes = 512 * 1024;

    // Records share requests. One request per record would exceed the service's limit on requests long before its limit on data.
    private static readonly TimeSpan GatherFor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly RecordPosition _position = new(parts.Storage, parts.Layout, destination);
    private readonly WakeEvent _committed = new(parts.Time);
    private readonly WakeEvent _hurry = new(parts.Time);
    private readonly ShippingWaiters _waiters = new();
    private readonly WaitingAge _oldest = new(parts.Time);
    private readonly CancellationTokenSource _closing = new();
    private Task? _shipping;

    // Each field is written by one thread and read by any.
    private volatile bool _isFailing;
    private long _newest;
    private long _shipped;

    // The fields below belong to the loop.
    private readonly List<Batch> _group = [];
    private TrailFollower? _follower;
    private bool _isRepeated;

    // The last record of a group that is repeated. The repetition ends there too, so that it holds nothing of which no copy was made.
    private long _groupEnd;

    public string Name => ledger.Signal;

    public ShippingReading Reading
    {
        get
        {
            // The shipped count is read first. If it is outdated, the undelivered count is too large, but never negative.
            LedgerSnapshot books = ledger.Snapshot();
            long left = Math.Max(0, -Interlocked.Read(ref _shipped) + Interlocked.Read(ref _newest));
            return new ShippingReading("logs", left, left == 0 ? TimeSpan.Zero : _oldest.Value, books.Delivered, Refused(books.Lost));
        }
    }

    /// <summary>Notifies that a delivery attempt has failed, so that no caller waits for this destination now.</summary>
    internal void Failing()
    {
        _isFailing = true;
        _waiters.ReleaseAll();
    }

    public void Start()
    {
        loop.Start();
        long after = _position.Read();

        // If the trail's newest number is below the shipped position, this is another trail or an old copy of it, and its numbers were
        // assigned again.
        after = after <= Interlocked.Read(ref _newest) ? after : 0;
        _ = Interlocked.Exchange(ref _shipped, after);
        _follower = new TrailFollower(parts.Layout, after);
        _shipping = BackgroundLoop.Start(ShipAsync);
    }

    public void Committed(long newest)
    {
        _ = Interlocked.Exchange(ref _newest, newest);
        _oldest.Begin();
        _committed.Set();
    }

    public bool IsShipped(TrailFile file)
    {
        if (file.Kind == TrailFileKind.Digest)
        {
            return true;
        }

        try
        {
            return SealedRecords.Read(parts.Layout.PathOf(file.Key)).Newest.Sequence <= Interlocked.Read(ref _shipped);
        }
        catch (Exception exception) when (StorageFault.Is(exception) || exception is InvalidDataException)
        {
            // Records that cannot be read cannot be shipped either.
            return true;
        }
    }

    public Task FlushAsync(CancellationToken cancellationToken)
    {
        Task done = _waiters.WaitFor(Interlocked.Read(ref _newest), () => Interlocked.Read(ref _shipped));
        _hurry.Set();

        // Checked after the waiter has been added, because an earlier failure did not release it.
        if (_isFailing)
        {
            _waiters.ReleaseAll();

            // The flush is not awaited. Its only purpose is to retry batches at once that are in a long pause.
            _ = loop.FlushAsync(new CancellationToken(canceled: true));
        }

        return done.WaitAsync(cancellationToken);
    }

    public async Task CloseAsync(CancellationToken deadline)
    {
        try
        {
            await FlushAsync(deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            // The rest is on disk, and the next process ships it.
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        await loop.CloseAsync(_closing.Token).ConfigureAwait(false);
        if (await (_shipping ?? Task.CompletedTask).EndsAsync(parts.Time, deadline).ConfigureAwait(false))
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        _follower?.Dispose();
        _committed.Dispose();
        _hurry.Dispose();
        _closing.Dispose();
    }

    private static Dictionary<LossReason, long> Refused(IReadOnlyDictionary<LossReason, long> lost) =>
        lost.Where(static l => !ShippingEvents.IsTransient(l.Key)).ToDictionary();

    private async Task ShipAsync()
    {
        try
        {
            while (true)
            {
                await WaitForRecordsAsync().ConfigureAwait(false);
                if (!await TryShipGroupAsync().ConfigureAwait(false))
                {
                    _waiters.ReleaseAll();
                    await _hurry.WaitAsync(RetryAfter, _closing.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            _waiters.ReleaseAll();
        }
    }

    private async Task WaitForRecordsAsync()
    {
        bool waited = false;
        while (Interlocked.Read(ref _newest) <= Interlocked.Read(ref _shipped))
        {
            await _committed.WaitAsync(_closing.Token).ConfigureAwait(false);
            waited = true;
        }

        if (waited)
        {
            await _hurry.WaitAsync(GatherFor, _closing.Token).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryShipGroupAsync()
    {
        long newest = _isRepeated ? _groupEnd : Interlocked.Read(ref _newest);
        try
        {
            await GatherAsync(newest).ConfigureAwait(false);
            parts.Observer.Succeeded(Following);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Any exception: it must not end shipping.
            Discard();
            GoBack();
            parts.Observer.Interrupted(Following, exception);
            return false;
        }

        if (!await TryDeliverAsync().ConfigureAwait(false))
        {
            // With a new time the records are not too old for the service any more, if that was the reason.
            (_isRepeated, _groupEnd) = (true, _follower!.Sequence);
            GoBack();
            return false;
        }

        (_isRepeated, _isFailing) = (false, false);

        // Numbers that do not exist are skipped: there are no records up to the newest number.
        Advance(_follower!.Sequence, newest);
        return true;
    }

    private async Task GatherAsync(long newest)
    {
        TrailFollower follower = _follower!;
        DateTimeOffset now = parts.Time.GetUtcNow();
        bool isFirst = true;
        for (long bytes = 0; bytes < GroupBytes && await follower.ReadAsync(newest, _closing.Token).ConfigureAwait(false);)
        {
            DateTimeOffset time = ShippedTime.Of(follower.Record, now);
            if (isFirst)
            {
                _oldest.Set(follower.Sequence.ToString(CultureInfo.InvariantCulture), time);
                isFirst = false;
            }

            bytes += follower.Record.Length;
            Append(_isRepeated ? now : time, now);
        }

        SealAll(now);
    }

    private void Append(DateTimeOffset time, DateTimeOffset now)
    {
        TrailFollower follower = _follower!;
        LogRoute route = batches.Route(Category, LogLevel.Information, time);
        LossReason? refusal = batches.Append(route, time, follower.Record, now, out Batch? full);
        if (full is not null)
        {
            _group.Add(full);
        }

        if (refusal is not null)
        {
            ledger.Refuse(refusal,
                string.Create(CultureInfo.InvariantCulture, $"Record {follower.Sequence} was not shipped. It stays in the trail."));
        }
    }

    private void SealAll(DateTimeOffset now)
    {
        batches.SealAll(now, _group);
        batches.ReleaseIdle();
    }

    private async Task<bool> TryDeliverAsync()
    {
        long before = Undone();

        // One after the other, because two requests in flight at once may arrive in any order.
        foreach (Batch batch in _group)
        {
            if (!_isRepeated)
            {
                copies?.Take(batch);
            }

            ledger.Accept(batch.Weight);
            loop.Enqueue(batch);
            await loop.WhenSettledAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _group.Clear();
        _closing.Token.ThrowIfCancellationRequested();
        return Undone() == before;
    }

    // Records that the loop gave up although the destination may accept them later. All other losses were refused permanently.
    private long Undone() =>
        ledger.Snapshot().Lost.Where(static lost => ShippingEvents.IsTransient(lost.Key)).Sum(static lost => lost.Value);

    private void Discard()
    {
        SealAll(parts.Time.GetUtcNow());
        _group.ForEach(static batch => batch.Dispose());
        _group.Clear();
    }

    private void GoBack() => _follower!.Return(Interlocked.Read(ref _shipped));

    private void Advance(long read, long newest)
    {
        long shipped = Math.Max(read, Interlocked.Read(ref _shipped));
        bool isGap = read == Interlocked.Read(ref _shipped);
        shipped = isGap ? newest : shipped;
        _ = Interlocked.Exchange(ref _shipped, shipped);
        if (shipped >= Interlocked.Read(ref _newest))
        {
            _oldest.Clear();
        }

        if (isGap)
        {
            _follower!.Return(shipped);
        }

        try
        {
            _position.Write(shipped);
            parts.Observer.Succeeded(Remembering);
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            // This process remembers the position anyway. After a restart some records are shipped twice.
            parts.Observer.Interrupted(Remembering, exception);
        }

        _waiters.Release(shipped);
    }
}
