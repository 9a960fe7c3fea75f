using CloudObserve.Audit.Files;
using CloudObserve.Audit.Sealing;
using CloudObserve.Audit.Storage;
using CloudObserve.Audit.Verification;
using CloudObserve.Pipeline;

namespace CloudObserve.Audit.Shipping;

/// <summary>Ships completed files in order, one at a time: sealed files first, then the digests that list them.</summary>
/// <threadsafety>Safe for concurrent use; one loop ships.</threadsafety>
internal sealed class FileShipping(ShippingParts parts, TrailLocation place, FileUploader attempts, Func<IAuditFileShipper> create)
    : ITrailShipping, IDisposable
{
    /// <summary>The signal name in reports, instruments and logs.</summary>
    internal const string SignalName = "audit-files";

    /// <summary>The name of the operation in reports of failures.</summary>
    internal const string Remembering = "RememberShippedFiles";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    private readonly WakeEvent _finished = new(parts.Time);
    private readonly WaitingAge _oldest = new(parts.Time);
    private readonly CancellationTokenSource _closing = new();

    // Created when the trail is opened. It cannot be created with the services, because a store's client may need services that are created
    // later.
    private volatile ShippedFiles? _shipped;
    private IAuditFileShipper? _shipper;
    private Task? _shipping;

    // Written by the loop, read by any thread.
    private long _delivered;
    private long _waiting;

    public string Name => attempts.Signal;

    public ShippingReading Reading
    {
        get
        {
            long waiting = Interlocked.Read(ref _waiting);
            return new ShippingReading(
                "files", waiting, waiting == 0
                    ? TimeSpan.Zero : _oldest.Value, Interlocked.Read(ref _delivered), ShippingReading.NothingLost);
        }
    }

    public void Start()
    {
        // Now, and not in the loop: in a process that ends at once, the service provider may already be disposed when the loop runs.
        _ = TryMakeShipper();
        _shipping = BackgroundLoop.Start(ShipAsync);
    }

    public void Finished() => _finished.Set();

    // While the list of shipped files has not been read, no file counts as shipped.
    public bool IsShipped(TrailFile file) => _shipped?.Contains(file) ?? false;

    public async Task CloseAsync(CancellationToken deadline)
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        if (!await (_shipping ?? Task.CompletedTask).EndsAsync(parts.Time, deadline).ConfigureAwait(false))
        {
            // A store that ignores its cancellation is still using a file. The next process ships it.
            return;
        }

        if (_shipper is not null)
        {
            // A last round with one attempt for each file. The next process ships the rest.
            _ = await TryShipAllAsync(attempts.TryUploadAsync, deadline).ConfigureAwait(false);
            await DisposeShipperAsync(_shipper).ConfigureAwait(false);
        }

        Dispose();
    }

    public void Dispose()
    {
        _finished.Dispose();
        _closing.Dispose();
    }

    private async Task ShipAsync()
    {
        try
        {
            while (_shipper is null && !TryMakeShipper())
            {
                await _finished.WaitAsync(RetryAfter, _closing.Token).ConfigureAwait(false);
            }

            while (true)
            {
                if (await TryShipAllAsync(attempts.UploadWithRetryAsync, _closing.Token).ConfigureAwait(false))
                {
                    await _finished.WaitAsync(_closing.Token).ConfigureAwait(false);
                }
                else
                {
                    await _finished.WaitAsync(RetryAfter, _closing.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The closing thread ships the rest.
        }
    }

    private bool TryMakeShipper()
    {
        try
        {
            _shipper = create();
            ShippedFiles shipped = new(parts.Storage, parts.Layout, _shipper.Destination);
            shipped.Read();
            _shipped = shipped;
            return true;
        }
        catch (Exception exception)
        {
            parts.Observer.HandlerFailed(nameof(IAuditFileShipper), exception);
            return false;
        }
    }

    private async Task<bool> TryShipAllAsync(
        Func<IAuditFileShipper, AuditFile, CancellationToken, Task<bool>> attempt, CancellationToken cancellationToken)
    {
        try
        {
            foreach (TrailFile file in Waiting())
            {
                if (!await attempt(_shipper!, FileOf(file), cancellationToken).ConfigureAwait(false))
                {
                    return false;
                }

                Remember(file);
            }

            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            // Any exception of the file system: it must not end shipping.
            parts.Observer.Interrupted(RecordShipping.Following, exception);
            return false;
        }
    }

    // Digests are listed first, so that all files that they name exist when files are listed.
    private TrailFile[] Waiting()
    {
        TrailFile[] digests = Waiting(TrailFileKind.Digest);
        TrailFile[] all = [.. Waiting(TrailFileKind.Log), .. digests];
        if (all.Length == 0)
        {
            _oldest.Clear();
        }
        else
        {
            TrailFile oldest = all.MinBy(static f => f.Time)!;
            _oldest.Set(oldest.Key, oldest.Time);
        }

        _ = Interlocked.Exchange(ref _waiting, all.Length);
        return all;
    }

    private TrailFile[] Waiting(TrailFileKind kind) =>
        [.. parts.Layout.Files().Where(f => f.Kind == kind && !_shipped!.Contains(f)).OrderBy(static f => f.Time)];

    private AuditFile FileOf(TrailFile file)
    {
        string path = parts.Layout.PathOf(file.Key);
        return new AuditFile(place.Bucket, place.KeyPrefix + file.Key, path)
        {
            Signature = file.Kind == TrailFileKind.Digest ? SignatureOf(path + TrailLayout.SignatureSuffix) : null,
        };
    }

    private static string SignatureOf(string path) =>
        DigestReader.ReadSignature(path) ?? throw new FileNotFoundException($"The signature '{path}' does not exist.");

    private void Remember(TrailFile file)
    {
        _ = Interlocked.Increment(ref _delivered);
        _ = Interlocked.Decrement(ref _waiting);
        try
        {
            _shipped!.Add(file);
            parts.Observer.Succeeded(Remembering);
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            // This process remembers it anyway. After a restart the file is shipped once more.
            parts.Observer.Interrupted(Remembering, exception);
        }
    }

    private static async ValueTask DisposeShipperAsync(IAuditFileShipper shipper)
    {
        if (shipper is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            (shipper as IDisposable)?.Dispose();
        }
    }
}
