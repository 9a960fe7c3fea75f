using CloudObserve.Audit.Files;
using CloudObserve.Audit.Records;
using CloudObserve.Delivery;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Audit.Journal;

/// <summary>Represents the append-only journal.</summary>
/// <remarks>Many writers pass records to it; one committer at a time writes all waiting records with a single flush.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AuditJournal(
    JournalWriter writer, int maxWaiting, LossLedger ledger, IAuditObserver observer, TrailProgress progress, TimeProvider time)
    : IDisposable
{
    // A group is limited, so that its memory is bounded and its first record does not wait long for its last.
    private const int MaxGroupRecords = 4096;
    private const long MaxGroupBytes = 4 * 1024 * 1024;

    // The longest wait for the writers of the previous group, as a fraction of the time that group took. A separate flush for one late
    // record would cost the others far more. The number of checks is limited too, in case the clock does not advance.
    private const int GatheringDivisor = 4;
    private const int MaxLooks = 1024;
    private static readonly TimeSpan LongestGathering = TimeSpan.FromMilliseconds(1);

    // Admits one thread at a time to the writer: the committer, or the thread that rotates.
    private readonly SemaphoreSlim _turn = new(1, 1);

    // Used by the committer only.
    private readonly List<PendingRecord> _group = [];
    private TimeSpan _lastDuration;

    // Guards all fields below.
    private readonly Lock _lock = new();
    private readonly Queue<PendingRecord> _waiting = new();
    private bool _isCommitting;
    private bool _isClosed;

    /// <summary>Gets the number of bytes that are not sealed yet.</summary>
    internal long Length => writer.Length;

    /// <summary>Gets the gauges of the records that wait to be written.</summary>
    internal DeliveryGauges Gauges
    {
        get
        {
            lock (_lock)
            {
                TimeSpan age = _waiting.TryPeek(out PendingRecord oldest) ? time.GetElapsedTime(oldest.Since) : TimeSpan.Zero;
                return new DeliveryGauges(_waiting.Count, 0, _isCommitting ? 1 : 0, age);
            }
        }
    }

    /// <summary>Gets the number of the newest record on disk.</summary>
    /// <remarks>It must be read before the first record is added.</remarks>
    internal long NewestAtStart => writer.Head.Sequence;

    public void Dispose()
    {
        _turn.Dispose();
        writer.Dispose();
    }

    /// <summary>Adds a record.</summary>
    /// <returns>
    /// A task that completes when the record is on disk, and fails with <see cref="AuditTrailException"/> if the record cannot be stored.
    /// </returns>
    internal Task AppendAsync(EncodedRecord record)
    {
        TaskCompletionSource waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ledger.Accept(1);
        if (!TryEnqueue(new PendingRecord(record, waiter, time.GetTimestamp()), int.MaxValue))
        {
            Lose([new PendingRecord(record, waiter, 0)], LossReason.Closed,
                new AuditTrailException("The audit trail is closed: the host has stopped."));
        }

        return waiter.Task;
    }

    /// <summary>Adds a record without a waiting caller.</summary>
    /// <remarks>If it cannot be stored, it is counted as lost.</remarks>
    internal void Post(EncodedRecord record)
    {
        ledger.Accept(1);
        if (!TryEnqueue(new PendingRecord(record, null, time.GetTimestamp()), maxWaiting))
        {
            bool isClosed = IsClosed;
            Lose(
                [new PendingRecord(record, null, 0)],
                isClosed ? LossReason.Closed : LossReason.BufferFull,
                new AuditTrailException(
                    isClosed ? "The audit trail is closed." : $"{maxWaiting} records are already waiting to be written."));
        }
    }

    /// <summary>Returns a task that completes when all records added before are on disk or lost.</summary>
    internal Task FlushAsync()
    {
        TaskCompletionSource waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (!_isCommitting)
            {
                return Task.CompletedTask;
            }

            _waiting.Enqueue(new PendingRecord(default, waiter, time.GetTimestamp()));
        }

        return waiter.Task;
    }

    /// <summary>Refuses further records, and completes when all records added before are on disk or lost.</summary>
    internal Task CloseAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        return FlushAsync();
    }

    /// <summary>Passes the current lines to sealing, between two groups.</summary>
    /// <returns><see langword="true"/> if there were lines, and no earlier lines are being sealed.</returns>
    internal async Task<bool> RotateAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            return writer.Rotate();
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    /// <summary>Makes the next record and the head name a digest, so that it cannot be removed without evidence.</summary>
    internal async Task FollowAsync(DigestAnchor digest)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            writer.Follow(digest);
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    private bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _isClosed;
            }
        }
    }

    private int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    private bool TryEnqueue(PendingRecord pending, int most)
    {
        bool starts;
        lock (_lock)
        {
            if (_isClosed || _waiting.Count >= most)
            {
                return false;
            }

            _waiting.Enqueue(pending);
            starts = !_isCommitting;
            _isCommitting = true;
        }

        if (starts)
        {
            _ = BackgroundLoop.Start(CommitAsync);
        }

        return true;
    }

    private async Task CommitAsync()
    {
        while (TryTakeGroup())
        {
            await _turn.WaitAsync().ConfigureAwait(false);
            try
            {
                CommitGroup();
            }
            finally
            {
                _ = _turn.Release();
            }

            await GatherAsync(_group.Count(p => p.Waiter is not null)).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Waits briefly until as many records wait as were just completed, so that the writers of these share the next flush.
    /// </summary>
    /// <remarks>Otherwise every second group would contain a single record, from the fastest writer.</remarks>
    private async Task GatherAsync(int answered)
    {
        TimeSpan most = _lastDuration / GatheringDivisor < LongestGathering ? _lastDuration / GatheringDivisor : LongestGathering;
        long start = time.GetTimestamp();
        for (int look = 0; look < MaxLooks; look++)
        {
            // The continuations of the completed writers are queued in the thread pool before this one.
            await Task.Yield();
            if (Waiting >= answered || time.GetElapsedTime(start) >= most)
            {
                return;
            }
        }
    }

    private bool TryTakeGroup()
    {
        _group.Clear();
        long bytes = 0;
        lock (_lock)
        {
            while (_group.Count < MaxGroupRecords && bytes < MaxGroupBytes && _waiting.TryDequeue(out PendingRecord pending))
            {
                _group.Add(pending);
                bytes += pending.Record.Length;
            }

            return _isCommitting = _group.Count > 0;
        }
    }

    private void CommitGroup()
    {
        long start = time.GetTimestamp();
        try
        {
            writer.Append(_group);
        }
        catch (Exception exception)
        {
            // Any exception, not only those of a file system: no writer may be left waiting, and none may take its record for stored.
            Lose(_group, LossReason.StorageFailed,
                new AuditTrailException($"The audit trail could not store the record: {exception.Message}", exception));
            return;
        }

        TimeSpan duration = _lastDuration = time.GetElapsedTime(start);
        int records = _group.Count(p => p.Record.Length > 0);
        ledger.Deliver(records);

        // Before writers are released, so that a flush that they start includes these records.
        progress.Committed(writer.Head.Sequence, writer.Length);
        foreach (PendingRecord pending in _group)
        {
            pending.Record.ReturnIfAny();
            _ = pending.Waiter?.TrySetResult();
        }

        observer.Committed(records, duration, time.GetElapsedTime(_group[0].Since));
    }

    private void Lose(List<PendingRecord> group, LossReason reason, AuditTrailException exception)
    {
        int records = group.Count(p => p.Record.Length > 0);
        ledger.Lose(reason, records, exception.Message);
        foreach (PendingRecord pending in group)
        {
            bool isMark = pending.Record.Length == 0;
            pending.Record.ReturnIfAny();
            _ = isMark ? pending.Waiter?.TrySetResult() : pending.Waiter?.TrySetException(exception);
        }
    }
}
