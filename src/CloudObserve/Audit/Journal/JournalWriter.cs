using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using CloudObserve.Audit.Events;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Storage;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Journal;

/// <summary>Appends groups of records to the active file: it stamps and writes them, flushes the file, and then writes the head.</summary>
/// <remarks>
/// A group is stored completely or not at all. After a failure the file is cut back to the acknowledged records. After a failed flush the
/// file is no longer trusted, because the system may have dropped pages that it could not write and report success next time. Then the
/// acknowledged records are copied to a new file before anything is appended. A file that is released, for sealing or at the end, has no
/// preallocated space.
/// </remarks>
/// <threadsafety>
/// Not safe for concurrent use; the owner admits one thread at a time. Any thread may read <see cref="Length"/>.
/// </threadsafety>
internal sealed class JournalWriter : IDisposable
{
    private const string MovingHead = "MoveHead";

    private readonly IAuditStorage _storage;
    private readonly TrailLayout _layout;
    private readonly IAuditObserver _observer;
    private readonly TimeProvider _time;
    private readonly TrailIdentity? _identity;
    private readonly ArrayBufferWriter<byte> _group = new(64 * 1024);
    private JournalFile _file;
    private IAuditFile _headFile;
    private FileIdentity? _lastCopy;
    private bool _isSuspect;
    private bool _isHeadBehind;

    // The newest digest: its hash for the head, and the whole anchor until a record names it.
    private RecordHash? _newestDigest;
    private DigestAnchor? _unnamed;

    /// <param name="storage">The file system.</param>
    /// <param name="layout">The paths of the trail.</param>
    /// <param name="head">The newest line, the newest digest that the head names, and the trail.</param>
    /// <param name="observer">
    /// Notified when the head could not be written. The records are stored anyway; only the removal of the journal's end would go
    /// undetected.
    /// </param>
    /// <param name="time">The clock.</param>
    internal JournalWriter(IAuditStorage storage, TrailLayout layout, JournalHead head, IAuditObserver observer, TimeProvider time)
    {
        _time = time;
        _storage = storage;
        _layout = layout;
        _observer = observer;
        Head = head.Newest;
        _newestDigest = head.Digest;
        _identity = head.Identity;
        _file = new JournalFile(storage.Open(layout.ActiveFile));
        _headFile = storage.Open(layout.HeadFile);
        if (_headFile.Length > head.ToFile().Length)
        {
            // The file is not a head. Content after the new head would make that invalid too.
            _headFile.SetLength(0);
        }

        storage.FlushDirectory(layout.JournalDirectory);
    }

    /// <summary>Gets the newest acknowledged line.</summary>
    internal TrailHead Head { get; private set; }

    /// <summary>Gets the check that throws an <see cref="IOException"/> when this process no longer owns the trail.</summary>
    internal Action Confirm { get; init; } = static () => { };

    /// <summary>Gets the size of the active file's lines in bytes.</summary>
    internal long Length => _file.Length;

    public void Dispose()
    {
        _file.Dispose();
        _headFile.Dispose();
    }

    /// <summary>Stores a group of records.</summary>
    /// <remarks>When it returns, they are on disk.</remarks>
    /// <exception cref="IOException">None of the records is stored.</exception>
    /// <exception cref="UnauthorizedAccessException">None of the records is stored.</exception>
    internal void Append(List<PendingRecord> records)
    {
        Confirm();
        if (_isSuspect)
        {
            Rebuild();
        }

        TrailHead head = WriteGroup(records, out DigestAnchor? unnamed);
        if (_group.WrittenCount == 0)
        {
            return;
        }

        Keep();
        Head = head;
        _file.Accept(_group.WrittenCount);
        _unnamed = unnamed;
        MoveHead();
    }

    /// <summary>Makes the next record and the head name a digest.</summary>
    internal void Follow(DigestAnchor digest)
    {
        _newestDigest = RecordHash.TryParse(Encoding.ASCII.GetBytes(digest.Hash), out RecordHash hash) ? hash : null;
        _unnamed = digest;
        MoveHead();
    }

    /// <summary>Passes the current lines to sealing, and continues in a new file.</summary>
    /// <returns><see langword="false"/> if there are no lines, or if earlier lines are still being sealed.</returns>
    internal bool Rotate()
    {
        Confirm();
        if (_isSuspect)
        {
            Rebuild();
        }

        if (Length == 0 || _storage.LengthOf(_layout.SealingFile) is not null)
        {
            return false;
        }

        string next = _layout.ActiveFile + TrailLayout.TemporarySuffix;
        JournalFile fresh = new(OpenEmpty(next));
        try
        {
            _storage.Move(_layout.ActiveFile, _layout.SealingFile);
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            // It is unknown whether the file was moved. Nothing may be appended to a file that may already be the one to be sealed.
            fresh.Dispose();
            if (_storage.LengthOf(_layout.SealingFile) is null)
            {
                throw;
            }

            fresh = new JournalFile(OpenEmpty(next));
        }

        _file.Dispose();
        _file = fresh;
        _isSuspect = true;
        _storage.Move(next, _layout.ActiveFile);
        _isSuspect = false;
        return true;
    }

    private TrailHead WriteGroup(List<PendingRecord> records, out DigestAnchor? unnamed)
    {
        _group.ResetWrittenCount();
        unnamed = _unnamed;
        TrailHead head = Head;
        foreach (ref readonly PendingRecord pending in CollectionsMarshal.AsSpan(records))
        {
            if (pending.Record.Length == 0)
            {
                continue;
            }

            int start = _group.WrittenCount;
            _group.Write(pending.Record.BeforeStamp);

            // A record close to CloudTrail's size limit leaves the digest to the next record.
            bool hasRoom = unnamed is not null
                && pending.Record.Length + TrailStamp.MaxLength + unnamed.MaxLength <= RecordLimits.MaxRecordBytes;
            new TrailStamp(head.Sequence + 1, head.Hash).Write(_group, hasRoom ? unnamed : null);
            unnamed = hasRoom ? null : unnamed;
            _group.Write(pending.Record.AfterStamp);
            head = new TrailHead(head.Sequence + 1, RecordHash.Of(_group.WrittenSpan[start..]));
            _group.Write("\n"u8);
        }

        return head;
    }

    private void Keep()
    {
        bool isWritten = false;
        try
        {
            _file.Write(_group.WrittenSpan);
            isWritten = true;
            _file.Flush();
            CheckPlace();
        }
        catch
        {
            CutBack();
            _isSuspect |= isWritten;
            throw;
        }
    }

    // Writing to a deleted file, or to a file on a volume that was removed, succeeds forever, but the data is lost.
    private void CheckPlace()
    {
        if (_storage.LengthOf(_layout.ActiveFile) is not { } length)
        {
            throw new FileNotFoundException($"The journal '{_layout.ActiveFile}' does not exist any more.");
        }

        if (length != _file.LengthWithRoom)
        {
            throw new IOException(
                $"Another process changed the journal '{_layout.ActiveFile}': it has {length} bytes instead of {_file.LengthWithRoom}.");
        }
    }

    private void CutBack()
    {
        try
        {
            // A process that took over the trail may have written to this file.
            Confirm();
            _file.Cut();
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            // The caller gets the first exception. A partial line may be at the end now, so the file is abandoned.
            _isSuspect = true;
        }
    }

    private void Rebuild()
    {
        // A missing directory may be a volume that is not mounted. Creating it would write the trail to another place unnoticed.
        if (!Directory.Exists(_layout.Directory))
        {
            throw new DirectoryNotFoundException($"The directory of the audit trail, '{_layout.Directory}', does not exist any more.");
        }

        _storage.CreateDirectory(_layout.JournalDirectory);
        string path = _layout.ActiveFile + TrailLayout.TemporarySuffix;
        IAuditFile headFile = _storage.Open(_layout.HeadFile);
        IAuditFile copy = OpenEmpty(path);
        JournalFile fresh;
        try
        {
            _file.CopyTo(copy);
            copy.Flush();
            fresh = new JournalFile(copy);
            SetForeignAside(copy);
            _storage.Move(path, _layout.ActiveFile);
        }
        catch
        {
            copy.Dispose();
            headFile.Dispose();
            throw;
        }

        // From here on nothing can fail. Otherwise records could go to one file while the state describes another.
        _file.Dispose();
        _headFile.Dispose();
        (_file, _headFile) = (fresh, headFile);
        _isSuspect = false;
        MoveHead();
    }

    // The file at this path may be another process's by now, with acknowledged records. Evidence must not be overwritten.
    private void SetForeignAside(IAuditFile copy)
    {
        if (_storage.LengthOf(_layout.ActiveFile) is null)
        {
            return;
        }

        FileIdentity? there;
        using (IAuditFile file = _storage.Open(_layout.ActiveFile))
        {
            there = file.Identity;
        }

        if (there is not null && there != _file.Identity && there != _lastCopy)
        {
            string aside = _layout.DamagedFile(_time.GetUtcNow());
            _storage.Move(_layout.ActiveFile, aside);
            _observer.Noticed($"Another process replaced the journal. Its file was moved to '{aside}'.");
        }

        // A move that reported a failure may still have happened.
        _lastCopy = copy.Identity;
    }

    private IAuditFile OpenEmpty(string path)
    {
        IAuditFile file = _storage.Open(path);
        file.SetLength(0);
        return file;
    }

    private void MoveHead()
    {
        try
        {
            _headFile.Write(new JournalHead(Head, _newestDigest, _identity).ToFile(), 0);
            if (_isHeadBehind)
            {
                _isHeadBehind = false;
                _observer.Succeeded(MovingHead);
            }
        }
        catch (Exception exception) when (StorageFault.Is(exception))
        {
            _isHeadBehind = true;
            _observer.Interrupted(MovingHead, exception);
        }
    }
}
