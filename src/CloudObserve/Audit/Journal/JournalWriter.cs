using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using CloudObserve.Audit.Files;
using CloudObserve.Audit.Records;
using CloudObserve.Audit.Storage;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Audit.Journal;

/// <summary>Appends groups of records to the active file: stamps them, writes them, puts them on the disk, and then moves the head.</summary>
/// <remarks>
/// A group is kept as a whole or not at all. After a failure the file is cut back to what was acknowledged. After a failure to flush, the file
/// itself is not trusted any more: the system may have forgotten pages it could not write and report success next time. Then what was
/// acknowledged is copied to a fresh file before anything is appended again. A file that is let go of, to be sealed or at the end, has no room behind its lines.
/// </remarks>
/// <threadsafety>Not safe for concurrent use: its owner lets one thread in at a time. <see cref="Length"/> may be read by any.</threadsafety>
internal sealed class JournalWriter : IDisposable
{
    private const string MovingHead = "MoveHead";

    private readonly IAuditStorage _storage;
    private readonly TrailLayout _layout;
    private readonly IAuditObserver _observer;
    private readonly TimeProvider _time;
    private readonly ArrayBufferWriter<byte> _group = new(64 * 1024);
    private JournalFile _file;
    private IAuditFile _headFile;
    private FileIdentity? _lastCopy;
    private bool _isSuspect;
    private bool _isHeadBehind;

    // The newest digest: its hash for the head, all of it as long as no record names it.
    private RecordHash? _newestDigest;
    private DigestAnchor? _unnamed;

    /// <param name="storage">The file system.</param>
    /// <param name="layout">Where everything lies.</param>
    /// <param name="head">The newest line.</param>
    /// <param name="observer">Told when the head could not be moved. Records are kept all the same; only a cut tail would not be seen.</param>
    /// <param name="time">The clock.</param>
    /// <param name="headDigest">The hash of the digest that the head names so far, if it names one.</param>
    internal JournalWriter(IAuditStorage storage, TrailLayout layout, TrailHead head, IAuditObserver observer, TimeProvider time, RecordHash? headDigest = null)
    {
        _time = time;
        _storage = storage;
        _layout = layout;
        _observer = observer;
        Head = head;
        _newestDigest = headDigest;
        _file = new JournalFile(storage.Open(layout.ActiveFile));
        _headFile = storage.Open(layout.HeadFile);
        if (_headFile.Length > head.ToFile(headDigest).Length)
        {
            // It is not a head. What stood behind the one that is written over it would spoil that one too.
            _headFile.SetLength(0);
        }

        storage.FlushDirectory(layout.JournalDirectory);
    }

    /// <summary>Gets the newest line that was acknowledged.</summary>
    internal TrailHead Head { get; private set; }

    /// <summary>Gets what throws an <see cref="IOException"/> when the trail is not this process's to write any more.</summary>
    internal Action Confirm { get; init; } = static () => { };

    /// <summary>Gets how many bytes the lines of the active file have.</summary>
    internal long Length => _file.Length;

    public void Dispose()
    {
        _file.Dispose();
        _headFile.Dispose();
    }

    /// <summary>Keeps a group of records. When it returns they are on the disk.</summary>
    /// <exception cref="IOException">None of them is kept.</exception>
    /// <exception cref="UnauthorizedAccessException">None of them is kept.</exception>
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

    /// <summary>Lets the next record and the head name a digest.</summary>
    internal void Follow(DigestAnchor digest)
    {
        _newestDigest = RecordHash.TryParse(Encoding.ASCII.GetBytes(digest.Hash), out RecordHash hash) ? hash : null;
        _unnamed = digest;
        MoveHead();
    }

    /// <summary>Hands the lines so far over to be sealed, and goes on in a new file.</summary>
    /// <returns><see langword="false"/> when there are none, or lines are being sealed already.</returns>
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
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            // Whether it has moved is not known. Nothing may be appended to a file that could be on its way into a sealed one.
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

            // A record that is nearly as large as CloudTrail allows leaves it to the next one.
            bool hasRoom = unnamed is not null && pending.Record.Length + TrailStamp.MaxLength + unnamed.MaxLength <= RecordLimits.MaxRecordBytes;
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

    // A deleted file, or one on a volume that went away, can be written to for ever, and nothing of it is ever seen again.
    private void CheckPlace()
    {
        if (_storage.LengthOf(_layout.ActiveFile) is not { } length)
        {
            throw new FileNotFoundException($"The journal '{_layout.ActiveFile}' is gone.");
        }

        if (length != _file.LengthWithRoom)
        {
            throw new IOException($"Somebody else changed the journal '{_layout.ActiveFile}': it has {length} bytes instead of {_file.LengthWithRoom}.");
        }
    }

    private void CutBack()
    {
        try
        {
            // Whoever took the trail over may have written into this very file.
            Confirm();
            _file.Cut();
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            // The caller is told of the first failure; half a line may now stand at the end, so the file is left behind.
            _isSuspect = true;
        }
    }

    private void Rebuild()
    {
        // A missing trail directory may be a volume that is not mounted; making one would write the trail into another place, unseen.
        if (!Directory.Exists(_layout.Directory))
        {
            throw new DirectoryNotFoundException($"The directory of the audit trail, '{_layout.Directory}', is gone.");
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

        // From here on nothing fails: a journal half moved would take records into one file and tell of another.
        _file.Dispose();
        _headFile.Dispose();
        (_file, _headFile) = (fresh, headFile);
        _isSuspect = false;
        MoveHead();
    }

    // Where our file was, somebody else's may be by now, with records that were acknowledged. Evidence is not written over.
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
            _observer.Noticed($"Somebody else had put another journal in place of this one. It was set aside: '{aside}'.");
        }

        // A move that failed may have happened all the same.
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
            _headFile.Write(Head.ToFile(_newestDigest), 0);
            if (_isHeadBehind)
            {
                _isHeadBehind = false;
                _observer.Succeeded(MovingHead);
            }
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            _isHeadBehind = true;
            _observer.Interrupted(MovingHead, fault);
        }
    }
}
