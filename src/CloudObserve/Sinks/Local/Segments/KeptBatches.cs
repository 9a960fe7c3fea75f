using System.Buffers;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Pipeline.Spooling;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Sinks.Local.Segments;

/// <summary>Keeps on disk what the embedded CloudWatch takes, and replays it at the start of the next process.</summary>
/// <remarks>
/// <para>The ledger counts the items of the batches: accepted when the embedded CloudWatch has taken them, and delivered when they are
/// written.
/// If the directory cannot be used, all are counted as lost here, although the embedded CloudWatch has them until the process ends.</para>
/// <para>Records wait in memory for one writer on the thread pool, which exists only while records wait. So a slow disk delays
/// nobody.</para>
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class KeptBatches : ISignal
{
    /// <summary>The maximum length of all records that wait for the writer, in bytes.</summary>
    internal const long MaxWaitingBytes = 32 * 1024 * 1024;

    /// <summary>The maximum time for which a start waits for the replay. What is left is replayed while the application runs.</summary>
    internal static readonly TimeSpan MaxStart = TimeSpan.FromSeconds(2);

    private const int LargestShareOfDisk = 4;

    private readonly string _path;
    private readonly long _maxDiskBytes;
    private readonly LocalIngestion _ingestion;
    private readonly IDiagnosticEvents _events;
    private readonly TimeProvider _time;
    private readonly CopiedItemsIndex _copied = new();

    // Held while a record is written; acquired before _lock.
    private readonly Lock _writing = new();
    private readonly Lock _lock = new();

    // Guarded by _lock.
    private readonly Queue<WaitingRecord> _waiting = new();
    private long _waitingBytes;
    private bool _isScheduled;
    private bool _isClosed;

    // Opens and replays the directory. Guarded by _lock.
    private Task? _opening;

    // Whether _opening has ended. The fields below are set before.
    private volatile bool _isOpened;
    private SegmentDirectory? _directory;
    private SegmentWriter? _writer;
    private string _unusable = "";

    /// <param name="signal">The name in reports.</param>
    /// <param name="path">The directory.</param>
    /// <param name="maxDiskBytes">The maximum length of all its files together, in bytes.</param>
    /// <param name="ingestion">Takes what is replayed.</param>
    /// <param name="events">Receives reports.</param>
    /// <param name="time">The clock.</param>
    internal KeptBatches(
        string signal, string path, long maxDiskBytes, LocalIngestion ingestion, IDiagnosticEvents events, TimeProvider time)
    {
        _path = path;
        _maxDiskBytes = maxDiskBytes;
        _ingestion = ingestion;
        _events = events;
        _time = time;
        Ledger = new LossLedger(signal, events);
    }

    /// <inheritdoc/>
    public LossLedger Ledger { get; }

    /// <inheritdoc/>
    public int Stage => 2;

    /// <inheritdoc/>
    public DeliveryGauges Gauges
    {
        get
        {
            SpoolGauges files = _isOpened && _directory is { } directory ? new SpoolGauges(directory.Count, directory.Bytes, 0) : default;
            lock (_lock)
            {
                return new DeliveryGauges(_waiting.Count, _waitingBytes, 0, TimeSpan.Zero, Spool: files);
            }
        }
    }

    /// <summary>Opens the directory and replays it. Returns when that is done, or after <see cref="MaxStart"/>.</summary>
    public void Start()
    {
        try
        {
            Opening().WaitAsync(MaxStart, _time).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            // The replay goes on in the background. Batches that come meanwhile wait in memory until it has ended.
        }
    }

    /// <inheritdoc/>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        // After a flush the data can be queried, also that of earlier processes.
        await Opening().WaitAsync(cancellationToken).ConfigureAwait(false);
        await WhenWrittenAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task WhenWrittenAsync()
    {
        // Continuations run asynchronously, because the writer completes it under its lock.
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_waiting.Count == 0 && !_isScheduled)
            {
                return Task.CompletedTask;
            }

            _waiting.Enqueue(new WaitingRecord([], 0, 0, reached));
            Schedule_NeedsLock();
        }

        return reached.Task;
    }

    /// <inheritdoc/>
    public async Task CloseAsync(CancellationToken deadline)
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        // On a thread of its own: the thread pool may have no free thread.
        Task close = BackgroundLoop.StartThread(Close);
        await close.EndsAsync(_time, deadline).Inline();
        if (!close.IsCompleted)
        {
            while (Take() is { } left)
            {
                Ledger.Lose(LossReason.ShutdownDeadline, left.Weight, $"the disk of '{_path}' was too slow to keep the batch in time.");
                left.Free();
            }
        }
    }

    private long MaxRecordBytes => Math.Min(SegmentFormat.MaxRecordBytes, _maxDiskBytes / LargestShareOfDisk);

    /// <summary>Determines whether the copy of a batch was replayed. Waits for the end of the replay.</summary>
    internal bool Contains(Batch batch)
    {
        if (batch.CopyId == Guid.Empty)
        {
            return false;
        }

        Opening().GetAwaiter().GetResult();
        return _copied.Contains(CopiedItems.Of(batch));
    }

    /// <summary>Keeps a batch that the embedded CloudWatch has taken. Never waits and never throws.</summary>
    /// <param name="batch">The batch; the caller keeps ownership.</param>
    /// <param name="arrival">The moment at which it was taken.</param>
    internal void Add(Batch batch, Arrival arrival)
    {
        Ledger.Accept(batch.Weight);
        long length = SegmentFormat.LengthOf(batch.Operation, batch.Body.Length);
        if (_isOpened && _writer is null)
        {
            Ledger.Lose(LossReason.StorageFailed, batch.Weight, _unusable);
        }
        else if (length > MaxRecordBytes || !SegmentFormat.CanWrite(batch.Operation))
        {
            Lose(batch, LossReason.TooLarge, $"{length} bytes are too many for a file of '{_path}'.");
        }
        else if (Refusal(length) is { } refused)
        {
            Lose(batch, refused, refused == LossReason.Closed ? "it came after the close." : $"the disk of '{_path}' is too slow for it.");
        }
        else
        {
            Enqueue(batch, arrival, (int)length);
        }
    }

    private void Lose(Batch batch, LossReason reason, string why) =>
        Ledger.Lose(reason, batch.Weight, $"{batch.Operation} to {batch.Destination}: {why}");

    // Reserves the bytes, unless the record is refused.
    private LossReason? Refusal(long length)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return LossReason.Closed;
            }

            if (_waitingBytes + length > MaxWaitingBytes)
            {
                return LossReason.BufferFull;
            }

            _waitingBytes += length;
            return null;
        }
    }

    private void Enqueue(Batch batch, Arrival arrival, int length)
    {
        try
        {
            Write(batch, arrival, length);
        }
        catch (Exception exception)
        {
            // Without memory for the record.
            lock (_lock)
            {
                _waitingBytes -= length;
            }

            Lose(batch, LossReason.EncodingFailed, $"the record could not be made: {exception.GetType().Name}: {exception.Message}");
        }
    }

    private void Write(Batch batch, Arrival arrival, int length)
    {
        byte[] record = ArrayPool<byte>.Shared.Rent(length);
        SegmentFormat.Write(record.AsSpan(0, length), new KeptRecord(batch.Operation, arrival, CopiedItems.Of(batch), batch.Body.Span));
        lock (_lock)
        {
            _waiting.Enqueue(new WaitingRecord(record, length, batch.Weight, null));
            Schedule_NeedsLock();
        }
    }

    private void Schedule_NeedsLock()
    {
        if (!_isScheduled)
        {
            _isScheduled = true;
            _ = BackgroundLoop.Start(() => { WriteAll(); return Task.CompletedTask; });
        }
    }

    private void Close()
    {
        WriteAll();
        lock (_writing)
        {
            _writer?.Dispose();
            _directory?.Dispose();
        }
    }

    private void WriteAll()
    {
        if (IsUnused())
        {
            return;
        }

        Opening().GetAwaiter().GetResult();
        lock (_writing)
        {
            while (Take() is { } record)
            {
                Write(record);
            }
        }
    }

    // Whether it was closed without being started.
    private bool IsUnused()
    {
        lock (_lock)
        {
            return _opening is null && _waiting.Count == 0;
        }
    }

    // On a thread of its own: a replay takes long, and the thread pool may have no free thread.
    private Task Opening()
    {
        lock (_lock)
        {
            return _opening ??= BackgroundLoop.StartThread(Open);
        }
    }

    private WaitingRecord? Take()
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out WaitingRecord record))
            {
                _waitingBytes -= record.Length;
                return record;
            }

            _isScheduled = false;
            return null;
        }
    }

    private void Write(WaitingRecord record)
    {
        if (record.Reached is { } reached)
        {
            reached.SetResult();
            return;
        }

        try
        {
            SegmentWriter writer = _writer ?? throw new IOException(_unusable);
            SegmentFormat.Seal(record.Bytes);
            writer.Append(record.Bytes);
            Ledger.Deliver(record.Weight);
        }
        catch (Exception exception)
        {
            // Whatever it is, the next record is tried.
            Ledger.Lose(LossReason.StorageFailed, record.Weight, $"a batch could not be written to '{_path}': {exception.Message}");
        }
        finally
        {
            record.Free();
        }
    }

    private void Open()
    {
        try
        {
            _directory = SegmentDirectory.TryOpen(_path, _maxDiskBytes, Tell);
            if (_directory is null)
            {
                Unusable("another process keeps its batches there. Give each process a directory of its own (CloudObserve:Local:Directory)");
                return;
            }

            if (PrivateFiles.OpenToOthers(_path) is not UnixFileMode.None and UnixFileMode rights)
            {
                _events.DirectoryOpenToOthers(_path, rights.ToString());
            }

            SegmentWriter writer = new(_directory, _maxDiskBytes);
            new SegmentReplay(_directory, _ingestion, _copied, _events, _time, Tell).Run(writer);
            _writer = writer;
        }
        catch (Exception exception)
        {
            // Whatever it is, the application starts without the files.
            Unusable(exception.Message.TrimEnd('.'));
        }
        finally
        {
            _isOpened = true;
        }
    }

    private void Unusable(string why) =>
        Tell(_unusable = $"'{_path}' cannot be used: {why}. Batches are kept in memory only, until this process ends.");

    private void Tell(string problem) => _events.Noticed(SegmentMessages.LocalFilesNoticed(_path, problem));

    /// <param name="Buffer">The record, in a pooled array.</param>
    /// <param name="Length">The length of the record, in bytes.</param>
    /// <param name="Weight">The weight of the batch in the ledger.</param>
    /// <param name="Reached">Completed when the records before it are written; such an entry holds no record.</param>
    private readonly record struct WaitingRecord(byte[] Buffer, int Length, long Weight, TaskCompletionSource? Reached)
    {
        internal Span<byte> Bytes => Buffer.AsSpan(0, Length);

        internal void Free()
        {
            if (Length > 0)
            {
                ArrayPool<byte>.Shared.Return(Buffer);
            }
        }
    }
}
