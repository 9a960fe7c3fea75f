using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Audit.Journal;

/// <summary>The append-only journal: many writers hand records in, one committer at a time puts all that wait on the disk with one flush.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class AuditJournal(JournalWriter writer, int maxWaiting, LossLedger ledger, IAuditObserver observer, TimeProvider time) : IDisposable
{
    // A group is bounded so that it is written in bounded memory and its first record does not wait for its last.
    private const int MaxGroupRecords = 4096;
    private const long MaxGroupBytes = 4 * 1024 * 1024;

    // How long a group waits at most for writers of the one before, as a part of what that one took: a flush of its own for one late record would cost
    // the others far more. The number of looks bounds it too, should the clock stand still.
    private const int GatheringDivisor = 4;
    private const int MaxLooks = 1024;
    private static readonly TimeSpan LongestGathering = TimeSpan.FromMilliseconds(1);

    // Lets one in to the writer: the committer, or who rotates.
    private readonly SemaphoreSlim _turn = new(1, 1);

    // Used by the committer only.
    private readonly List<PendingRecord> _group = [];
    private TimeSpan _lastDuration;

    // The rest is guarded by the gate.
    private readonly Lock _gate = new();
    private readonly Queue<PendingRecord> _waiting = new();
    private bool _isCommitting;
    private bool _isClosed;

    /// <summary>Gets how many bytes are not sealed yet.</summary>
    internal long Length => writer.Length;

    /// <summary>Gets what waits to be written.</summary>
    internal DeliveryGauges Gauges
    {
        get
        {
            lock (_gate)
            {
                TimeSpan age = _waiting.TryPeek(out PendingRecord oldest) ? time.GetElapsedTime(oldest.Since) : TimeSpan.Zero;
                return new DeliveryGauges(_waiting.Count, 0, _isCommitting ? 1 : 0, age);
            }
        }
    }

    /// <summary>Gets or sets what is told after each group how many bytes are not sealed yet. Set before the first record.</summary>
    internal Action<long>? Grown { get; set; }

    /// <summary>Gets or sets what is told after each group the number of the newest record on the disk. Set before the first record.</summary>
    internal Action<long>? Kept { get; set; }

    /// <summary>Gets the number of the newest record on the disk. Only before the first record is handed in.</summary>
    internal long NewestAtStart => writer.Head.Sequence;

    public void Dispose()
    {
        _turn.Dispose();
        writer.Dispose();
    }

    /// <summary>Hands a record in.</summary>
    /// <returns>Completes when it is on the disk; fails with <see cref="AuditTrailException"/> when it cannot be kept.</returns>
    internal Task AppendAsync(EncodedRecord record)
    {
        TaskCompletionSource waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ledger.Accept(1);
        if (!TryEnqueue(new PendingRecord(record, waiter, time.GetTimestamp()), int.MaxValue))
        {
            Lose([new PendingRecord(record, waiter, 0)], LossReason.Closed, new AuditTrailException("The audit trail is closed: the host has stopped."));
        }

        return waiter.Task;
    }

    /// <summary>Hands a record in that nobody waits for. One that cannot be kept is booked as lost.</summary>
    internal void Post(EncodedRecord record)
    {
        ledger.Accept(1);
        if (!TryEnqueue(new PendingRecord(record, null, time.GetTimestamp()), maxWaiting))
        {
            bool isClosed = IsClosed;
            Lose(
                [new PendingRecord(record, null, 0)],
                isClosed ? LossReason.Closed : LossReason.BufferFull,
                new AuditTrailException(isClosed ? "The audit trail is closed." : $"{maxWaiting} records wait to be written already."));
        }
    }

    /// <summary>Completes when everything handed in before is on the disk or lost.</summary>
    internal Task FlushAsync()
    {
        TaskCompletionSource waiter = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (!_isCommitting)
            {
                return Task.CompletedTask;
            }

            _waiting.Enqueue(new PendingRecord(default, waiter, time.GetTimestamp()));
        }

        return waiter.Task;
    }

    /// <summary>Refuses further records, and completes when what was handed in before is on the disk or lost.</summary>
    internal Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        return FlushAsync();
    }

    /// <summary>Hands the lines so far over to be sealed, between two groups.</summary>
    /// <returns>Whether there were any, and nothing else is being sealed.</returns>
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

    /// <summary>Lets the next record and the head name a digest, so that it cannot be taken away without a trace.</summary>
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
            lock (_gate)
            {
                return _isClosed;
            }
        }
    }

    private int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    private bool TryEnqueue(PendingRecord pending, int most)
    {
        bool starts;
        lock (_gate)
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

    /// <summary>Waits until as many records wait as were just answered, but not for long: writers that go on then share the next flush.</summary>
    /// <remarks>Without it every other group would hold one record: that of the writer who is quickest.</remarks>
    private async Task GatherAsync(int answered)
    {
        TimeSpan most = _lastDuration / GatheringDivisor < LongestGathering ? _lastDuration / GatheringDivisor : LongestGathering;
        long start = time.GetTimestamp();
        for (int look = 0; look < MaxLooks; look++)
        {
            // The writers that were answered stand in the pool's queue before this.
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
        lock (_gate)
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
        catch (Exception fault)
        {
            // Not only what a file system throws: whatever goes wrong, nobody may be left waiting, and nobody may take silence for success.
            Lose(_group, LossReason.StorageFailed, new AuditTrailException($"The audit trail could not keep the record: {fault.Message}", fault));
            return;
        }

        TimeSpan duration = _lastDuration = time.GetElapsedTime(start);
        int records = _group.Count(p => p.Record.Length > 0);
        ledger.Deliver(records);

        // Before anybody is answered: who then flushes means these records too.
        Kept?.Invoke(writer.Head.Sequence);
        foreach (PendingRecord pending in _group)
        {
            pending.Record.ReturnIfAny();
            _ = pending.Waiter?.TrySetResult();
        }

        observer.Committed(records, duration, time.GetElapsedTime(_group[0].Since));
        Grown?.Invoke(writer.Length);
    }

    private void Lose(List<PendingRecord> group, LossReason reason, AuditTrailException why)
    {
        int records = group.Count(p => p.Record.Length > 0);
        ledger.Lose(reason, records, why.Message);
        foreach (PendingRecord pending in group)
        {
            bool isMark = pending.Record.Length == 0;
            pending.Record.ReturnIfAny();
            _ = isMark ? pending.Waiter?.TrySetResult() : pending.Waiter?.TrySetException(why);
        }
    }
}
