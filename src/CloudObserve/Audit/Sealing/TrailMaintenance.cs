using CloudObserve.Audit.Files;
using CloudObserve.Audit.Journal;
using CloudObserve.Pipeline;

namespace CloudObserve.Audit.Sealing;

/// <summary>Performs the periodic work of a trail: sealing the journal's lines, writing digests and removing old files.</summary>
/// <remarks>Failed work is retried.</remarks>
/// <threadsafety>Safe for concurrent use. One loop does the work, and after its end the thread that closes.</threadsafety>
internal sealed class TrailMaintenance(
    AuditJournal journal, SealingState parts, AuditTrailOptions options, IAuditObserver observer, TrailProgress progress, TimeProvider time)
    : IDisposable
{
    /// <summary>The name of the sealing operation in reports of failures.</summary>
    internal const string Sealing = "SealRecords";
    internal const string Digesting = "WriteDigest";
    internal const string Publishing = "PublishKey";
    internal const string Removing = "RemoveOldFiles";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetentionInterval = TimeSpan.FromHours(1);

    // Each removal is itself recorded. Without a pause, these records would keep an idle trail busy.
    private static readonly TimeSpan PauseAfterRemoval = TimeSpan.FromDays(1);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _isKeyTried = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task? _keeping;

    // The fields below belong to the loop. All times are timestamps, so that setting the clock neither delays nor hastens the work.
    private long _sealAt;
    private long _digestAt;
    private long _removeAt;
    private bool _isKeyChecked;

    /// <summary>Gets a task that completes when the key has been checked, or could not be.</summary>
    /// <remarks>A result is recorded, so the journal must not be closed before.</remarks>
    internal Task KeyTried => _isKeyTried.Task;

    internal void Start()
    {
        _sealAt = After(options.SealAfter);

        // If there is no digest, one is written at once, because anyone with write access can rewrite records that no digest covers.
        TimeSpan left = parts.Digests.Previous is { } previous ? previous.End + options.DigestInterval - time.GetUtcNow() : TimeSpan.Zero;
        _digestAt = After(left < options.DigestInterval ? left : options.DigestInterval);
        _removeAt = After(TimeSpan.Zero);
        _keeping = BackgroundLoop.Start(KeepAsync);
    }

    /// <summary>Seals the remaining records and writes a last digest.</summary>
    internal async Task CloseAsync(CancellationToken deadline)
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        if (!await (_keeping ?? Task.CompletedTask).EndsAsync(time, deadline).ConfigureAwait(false))
        {
            // The application's signer ignored its cancellation. The next process seals and signs the rest.
            return;
        }

        await AttemptAsync(Sealing, SealAllAsync).ConfigureAwait(false);
        await AttemptAsync(Digesting, () => WriteDigestAsync(deadline)).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _closing.Dispose();
        progress.Dispose();
    }

    private async Task KeepAsync()
    {
        _ = await AttemptAsync(Publishing, () => CheckKeyAsync(_closing.Token)).ConfigureAwait(false);
        _ = _isKeyTried.TrySetResult();
        while (!_closing.IsCancellationRequested)
        {
            await WorkAsync().ConfigureAwait(false);
            await WaitAsync().ConfigureAwait(false);
        }
    }

    private async Task WorkAsync()
    {
        bool writesDigest = IsDue(_digestAt);
        if (writesDigest || IsDue(_sealAt) || journal.Length >= options.SealBytes || parts.Sealer.HasLines)
        {
            bool isDone = await AttemptAsync(Sealing, SealAllAsync).ConfigureAwait(false);
            _sealAt = After(isDone ? options.SealAfter : RetryAfter);
            progress.StayQuietUntil(isDone ? long.MinValue : _sealAt);
        }

        if (writesDigest)
        {
            bool isDone = await AttemptAsync(Digesting, () => WriteDigestAsync(_closing.Token)).ConfigureAwait(false);
            _digestAt = After(isDone ? options.DigestInterval : RetryAfter);
        }

        if (IsDue(_removeAt))
        {
            _removeAt = After(RetentionInterval);
            _ = await AttemptAsync(Removing, RemoveOldAsync).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync()
    {
        long next = new[] { _sealAt, _digestAt, _removeAt }.Min();
        if (IsDue(next))
        {
            return;
        }

        TimeSpan pause = time.GetElapsedTime(time.GetTimestamp(), next);
        using CancellationTokenSource waited = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
        Task woken = progress.WaitForBytesAsync(waited.Token);
        Task passed = Task.Delay(pause > ShortestWait ? pause : ShortestWait, time, waited.Token);

        // Checked again, because a clock that was changed while the timer was created would not end the wait.
        if (!IsDue(next))
        {
            _ = await Task.WhenAny(woken, passed).ConfigureAwait(false);
        }

        await waited.CancelAsync().ConfigureAwait(false);
    }

    private bool IsDue(long timestamp) => time.GetTimestamp() >= timestamp;

    private long After(TimeSpan span) => time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency);

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

    private void Seal()
    {
        DateTimeOffset at = parts.TimeOfNext(time.GetUtcNow());
        parts.Sealer.Seal(at, parts.SealedUpTo, file =>
        {
            parts.Sealed(file, at);
            progress.Finished();
        });
    }

    private async Task WriteDigestAsync(CancellationToken cancellationToken)
    {
        await CheckKeyAsync(cancellationToken).ConfigureAwait(false);
        await parts.Digests.WriteAsync(parts.TimeOfNext(time.GetUtcNow()), parts.NotInDigests, cancellationToken).ConfigureAwait(false);
        parts.NotInDigests.Clear();
        await journal.FollowAsync(parts.Digests.Previous!.Anchor).ConfigureAwait(false);
        progress.Finished();
    }

    // A digest with an unknown key may be forged. The next digest will cover it anyway, so this must be recorded.
    private async Task CheckKeyAsync(CancellationToken cancellationToken)
    {
        if (_isKeyChecked)
        {
            return;
        }

        await parts.Digests.PublishKeyAsync(cancellationToken).ConfigureAwait(false);
        if (!parts.Digests.IsPreviousOurs && parts.Digests.Previous is { } previous)
        {
            bool isOtherKey = previous.Fingerprint != parts.Digests.Fingerprint;
            observer.Noticed(isOtherKey
                ? $"The newest digest '{previous.Key}' was signed with another key (fingerprint {previous.Fingerprint ?? "none"}) than the "
                    + $"current one ({parts.Digests.Fingerprint})."
                : $"The newest digest '{previous.Key}' was not signed with the key that it names: the digest or its signature was changed.");
            await RecordAsync(isOtherKey ? OwnEvents.KeyChanged : OwnEvents.DigestsMissing, new AuditData
            {
                ["newestDigest"] = previous.Key,
                ["previousFingerprint"] = previous.Fingerprint ?? "",
                ["fingerprint"] = parts.Digests.Fingerprint!,
            }).ConfigureAwait(false);
        }

        _isKeyChecked = true;
    }

    // Recorded before the removal, so that a missing file without such a record was removed by someone else.
    private async Task RemoveOldAsync()
    {
        IReadOnlyList<TrailFile> files = parts.Retention.Find(parts.Clock.Now);
        if (files.Count == 0)
        {
            return;
        }

        await RecordAsync(OwnEvents.FilesRemoved, new AuditData
        {
            ["files"] = files.Count,
            ["oldest"] = files[0].Key,
            ["newest"] = files[^1].Key,
            ["newestDigest"] = files.LastOrDefault(static f => f.Kind == TrailFileKind.Digest)?.Key ?? "",
        }).ConfigureAwait(false);
        parts.Retention.Remove(files);
        _removeAt = After(PauseAfterRemoval);
    }

    private Task RecordAsync(string name, AuditData data) => journal.AppendAsync(parts.OwnRecords.Encode(name, data));

    private async Task<bool> AttemptAsync(string operation, Func<Task> work)
    {
        try
        {
            parts.Confirm();
            await work().ConfigureAwait(false);
            observer.Succeeded(operation);
            return true;
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            // An exception of the file system or of the application's signer. The data stays unsealed or unsigned, and the work is retried.
            observer.Interrupted(operation, exception);
            return false;
        }
    }
}
