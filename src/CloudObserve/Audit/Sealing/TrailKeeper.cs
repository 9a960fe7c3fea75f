using CloudObserve.Audit.Journal;
using CloudObserve.Pipeline;

namespace CloudObserve.Audit.Sealing;

/// <summary>Does what a trail needs from time to time: seals the journal's lines, writes digests, removes what is old. What fails is tried again.</summary>
/// <threadsafety>Safe for concurrent use; the work is done by one loop, and by whoever closes when that has ended.</threadsafety>
internal sealed class TrailKeeper(AuditJournal journal, KeeperParts parts, AuditTrailOptions options, IAuditObserver observer, TimeProvider time) : IDisposable
{
    /// <summary>What is told of work that failed and will be repeated.</summary>
    internal const string Sealing = "SealRecords";
    internal const string Digesting = "WriteDigest";
    internal const string Publishing = "PublishKey";
    internal const string Removing = "RemoveOldFiles";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetentionInterval = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _wake = new(0);
    private readonly CancellationTokenSource _closing = new();

    // Read by the committer, which wakes the loop; written by the loop.
    private long _quietUntilTicks;
    private Task? _keeping;

    // The rest belongs to the loop.
    private DateTimeOffset _sealAt;
    private DateTimeOffset _digestAt;
    private DateTimeOffset _removeAt;

    /// <summary>Gets or sets what is told of each file that is finished. Set before the start.</summary>
    internal Action? Finished { get; set; }

    internal void Start()
    {
        DateTimeOffset now = time.GetUtcNow();
        _sealAt = now + options.SealAfter;
        _digestAt = parts.Digests.Start + options.DigestInterval;
        _removeAt = now;
        journal.Grown = Grown;
        _keeping = BackgroundLoop.Start(KeepAsync);
    }

    /// <summary>Seals what is left, and writes a last digest.</summary>
    internal async Task CloseAsync(CancellationToken deadline)
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        if (_keeping is not null)
        {
            await _keeping.ConfigureAwait(false);
        }

        await AttemptAsync(Sealing, SealAllAsync).ConfigureAwait(false);
        await AttemptAsync(Digesting, () => WriteDigestAsync(deadline)).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _closing.Dispose();
        _wake.Dispose();
    }

    private void Grown(long length)
    {
        if (length >= options.SealBytes && _wake.CurrentCount == 0 && time.GetUtcNow().UtcTicks >= Interlocked.Read(ref _quietUntilTicks))
        {
            _ = _wake.Release();
        }
    }

    private async Task KeepAsync()
    {
        await AttemptAsync(Publishing, () => parts.Digests.PublishKeyAsync(_closing.Token)).ConfigureAwait(false);
        while (!_closing.IsCancellationRequested)
        {
            await WorkAsync().ConfigureAwait(false);
            await WaitAsync().ConfigureAwait(false);
        }
    }

    private async Task WorkAsync()
    {
        DateTimeOffset now = time.GetUtcNow();
        bool writesDigest = now >= _digestAt;
        if (writesDigest || now >= _sealAt || journal.Length >= options.SealBytes || parts.Sealer.HasLines)
        {
            bool isDone = await AttemptAsync(Sealing, SealAllAsync).ConfigureAwait(false);
            _sealAt = now + (isDone ? options.SealAfter : RetryAfter);
            _ = Interlocked.Exchange(ref _quietUntilTicks, isDone ? 0 : _sealAt.UtcTicks);
        }

        if (writesDigest)
        {
            bool isDone = await AttemptAsync(Digesting, () => WriteDigestAsync(_closing.Token)).ConfigureAwait(false);
            _digestAt = now + (isDone ? options.DigestInterval : RetryAfter);
        }

        if (now >= _removeAt)
        {
            _ = await AttemptAsync(Removing, RemoveOldAsync).ConfigureAwait(false);
            _removeAt = now + RetentionInterval;
        }
    }

    private async Task WaitAsync()
    {
        DateTimeOffset next = new[] { _sealAt, _digestAt, _removeAt }.Min();
        TimeSpan pause = next - time.GetUtcNow();
        if (pause <= TimeSpan.Zero)
        {
            return;
        }

        using CancellationTokenSource waited = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        Task woken = _wake.WaitAsync(waited.Token);
        Task passed = Task.Delay(pause, time, waited.Token);

        // Looked at again: a clock that was moved while the timer was made would not end it.
        if (time.GetUtcNow() < next)
        {
            _ = await Task.WhenAny(woken, passed).ConfigureAwait(false);
        }

        await waited.CancelAsync().ConfigureAwait(false);
    }

    private async Task SealAllAsync()
    {
        if (parts.Sealer.HasLines)
        {
            Seal();
        }

        if (await journal.RotateAsync().ConfigureAwait(false))
        {
            Seal();
        }
    }

    // Never before the last digest's end, even when the clock was set back: a digest names what was sealed since the one before.
    private void Seal() => parts.Sealer.Seal(Max(time.GetUtcNow(), parts.Digests.Start), parts.SealedUpTo, file =>
    {
        parts.Sealed(file);
        Finished?.Invoke();
    });

    private async Task WriteDigestAsync(CancellationToken cancellationToken)
    {
        await parts.Digests.WriteAsync(time.GetUtcNow(), parts.NotInDigests, cancellationToken).ConfigureAwait(false);
        parts.NotInDigests.Clear();
        Finished?.Invoke();
    }

    private Task RemoveOldAsync()
    {
        parts.Retention.Remove(time.GetUtcNow());
        return Task.CompletedTask;
    }

    private async Task<bool> AttemptAsync(string operation, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
            observer.Succeeded(operation);
            return true;
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception fault)
        {
            // Of the file system, or of a host's own signer: what is to be sealed or signed stays, and is tried again.
            observer.Interrupted(operation, fault);
            return false;
        }
    }

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
