using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Batches;
using CloudObserve.Pipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>The batches of one signal on disk, one file each, read oldest first.</summary>
/// <remarks>
/// <para>A file is written under a temporary name and then renamed. An entry that was taken, or stored and held, stays on disk until it is
/// deleted or returned, so a crash loses nothing.</para>
/// <para>If the spool is full, the oldest entry is evicted, whatever its state. If the entry was waiting or about to be read, its batch is
/// counted as lost. If its batch is in memory, nothing is lost: the owner of the batch is then solely responsible for it.</para>
/// <para>A file that can no longer be read is counted as lost and set aside. Files that the spool did not create are left alone.</para>
/// </remarks>
/// <threadsafety>Safe for concurrent use. Files are read outside any lock, and written one at a time.</threadsafety>
internal sealed class BatchSpool(SpoolDirectory directory, IBatchSink sink, DeliveryBooks books, IDiagnosticEvents events)
{
    private const string WhyFull =
        "the spool was full and this was the oldest batch of its signal; raise Delivery:Spool:MaxBytes, or find out why the "
            + "destination does not answer.";

    // The size of a file besides its body: a header of at most 64 KiB, and tables of 12 bytes per item, of which a request has at most
    // 10,000.
    private const int MostOverhead = 192 * 1024;

    private readonly Lock _lock = new();

    // Both guarded by _lock. The second holds the entries of earlier processes of which this process has made no copy.
    private readonly SpoolIndex _index = new();
    private readonly HashSet<SpoolEntry> _uncopied = [];

    // Held while making room and writing; acquired before _lock. Reserved space that is not yet written cannot be evicted, and parallel
    // writes are no faster on a disk.
    private readonly Lock _storing = new();

    // Held only while opening the spool, which writes and lists files; never acquired while _lock is held.
    private readonly Lock _opening = new();
    private volatile string? _path;

    // Whether the last file could not be written. HasRoomFor must not promise room that the disk does not have.
    private volatile bool _isFailing;

    /// <summary>Gets the number of files, their bytes and their weight in the ledger.</summary>
    internal SpoolGauges Gauges
    {
        get
        {
            lock (_lock)
            {
                return _index.Gauges;
            }
        }
    }

    /// <summary>Determines whether a batch could be stored without the loss of an older one.</summary>
    internal bool HasRoomFor(long bytes) => !_isFailing && Open() is not null && directory.HasRoomFor(bytes + MostOverhead);

    internal TimeSpan SpillAfter => directory.Options.SpillAfter;

    /// <summary>Finds the batches that an earlier process left, and counts them as accepted. Creates nothing if there are none.</summary>
    internal void TakeOver()
    {
        if (directory.Exists)
        {
            _ = Open();
        }
    }

    /// <summary>Writes a batch to disk while the caller continues to deliver it.</summary>
    /// <param name="batch">The batch; the caller keeps ownership.</param>
    /// <returns>The entry, or <see langword="null"/> if the batch could not be written or is older than every batch in a full
    /// spool.</returns>
    internal SpoolEntry? TryHold(Batch batch) => TryStore(batch, held: true, out _, out _);

    /// <summary>Stores a batch that leaves memory, or counts it as lost if it is the oldest of a full spool.</summary>
    /// <param name="batch">The batch; the caller keeps ownership.</param>
    /// <param name="problem">The reason why it could not be stored.</param>
    /// <returns><see langword="false"/> if the caller must count the batch as lost.</returns>
    internal bool TryKeep(Batch batch, out string problem)
    {
        if (TryStore(batch, held: false, out bool isFull, out problem) is not null)
        {
            return true;
        }

        if (isFull)
        {
            books.Lose(batch, LossReason.SpoolFull, WhyFull);
        }

        return isFull;
    }

    /// <summary>Takes the oldest waiting entry. Its file stays until <see cref="Delete"/>.</summary>
    /// <param name="allowed">Determines whether entries of a destination may be taken. It must not call this class.</param>
    internal SpoolEntry? TakeOldest(Predicate<uint> allowed)
    {
        lock (_lock)
        {
            return _index.Take(allowed);
        }
    }

    /// <summary>Reads an entry that was taken. From here on the caller is responsible for the batch.</summary>
    /// <returns>The batch, or <see langword="null"/> if the file cannot be read or was evicted: the batch is then counted as lost and the
    /// entry removed.</returns>
    internal Batch? TryRead(SpoolEntry entry)
    {
        Batch batch;
        try
        {
            batch = SpoolFile.Decode(PrivateFiles.ReadAllBytes(Path.Combine(_path!, entry.Name), SpoolFile.MaxBytes));
            Check(entry, batch);
        }
        catch (Exception exception) when (DiskFaults.Is(exception) || exception is InvalidDataException)
        {
            SetAside(entry, exception);
            return null;
        }

        lock (_lock)
        {
            if (_index.Hold(entry))
            {
                return batch;
            }
        }

        batch.Dispose();
        return null;
    }

    /// <summary>Lists the entries of earlier processes of which this process has made no copy, oldest first.</summary>
    internal IReadOnlyList<SpoolEntry> Uncopied()
    {
        lock (_lock)
        {
            return [.. _uncopied.OrderBy(static e => e.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>Acquires the right to copy the batch of an entry of an earlier process. It is given once for each entry.</summary>
    internal bool TryBeginCopy(SpoolEntry entry)
    {
        lock (_lock)
        {
            return _uncopied.Remove(entry);
        }
    }

    /// <summary>Reads the batch of an entry and changes nothing. Its delivery may go on meanwhile, and delete the file.</summary>
    /// <returns>The batch, or <see langword="null"/> if the file cannot be read: its delivery reports that.</returns>
    internal Batch? TryPeek(SpoolEntry entry)
    {
        try
        {
            return SpoolFile.Decode(PrivateFiles.ReadAllBytes(Path.Combine(_path!, entry.Name), SpoolFile.MaxBytes));
        }
        catch (Exception exception) when (DiskFaults.Is(exception) || exception is InvalidDataException)
        {
            return null;
        }
    }

    // The ledger has already counted the weight in the header, and a sink must not be called with an operation it does not support.
    private void Check(SpoolEntry entry, Batch batch)
    {
        string problem = batch.Weight != entry.Weight ? "Its weight differs from the weight recorded when the file was found."
            : !sink.CanSend(batch.Operation) ? $"The sink does not support the operation '{batch.Operation}'."
            : "";
        if (problem.Length > 0)
        {
            batch.Dispose();
            throw new InvalidDataException(problem);
        }
    }

    /// <summary>Returns an entry whose batch is in memory; it waits again.</summary>
    /// <returns><see langword="false"/> if the entry was evicted: the caller is still responsible for the batch.</returns>
    internal bool TryReturn(SpoolEntry entry)
    {
        lock (_lock)
        {
            return _index.Wait(entry);
        }
    }

    /// <summary>
    /// Returns an entry that was read, with its batch. If the entry was evicted meanwhile, the batch is stored again or counted as lost.
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <param name="batch">Its batch; the caller keeps ownership.</param>
    internal void GiveBack(SpoolEntry entry, Batch batch)
    {
        if (!TryReturn(entry) && !TryKeep(batch, out string problem))
        {
            books.Lose(batch, LossReason.SpoolFull, "its file was evicted from the spool while the batch was being read back, and "
                + $"{problem}.");
        }
    }

    /// <summary>Removes an entry whose batch needs no further handling.</summary>
    internal void Delete(SpoolEntry entry)
    {
        bool isThere;
        lock (_lock)
        {
            isThere = _index.Forget(entry);
        }

        if (isThere)
        {
            Erase(entry);
        }
    }

    private SpoolEntry? TryStore(Batch batch, bool held, out bool isFull, out string problem)
    {
        isFull = false;
        if (Open() is not { } path)
        {
            problem = "there is no spool";
            return null;
        }

        byte[] content = SpoolFile.Encode(batch);
        if (content.Length > SpoolFile.MaxBytes)
        {
            problem = $"it takes {content.Length} bytes, and a spool file may have at most {SpoolFile.MaxBytes} bytes";
            return null;
        }

        // The number is random, because files from other slots may be moved here.
        SpoolEntry entry = SpoolFileName.Create(batch, (uint)Random.Shared.NextInt64(), content.Length);
        lock (_storing)
        {
            problem = "";
            isFull = !TryReserve(entry);
            return !isFull && TryStore_NeedsLock(path, entry, content, held, out problem) ? entry : null;
        }
    }

    private bool TryStore_NeedsLock(string path, SpoolEntry entry, byte[] content, bool held, out string problem)
    {
        try
        {
            Write(path, entry.Name, content);
            _isFailing = false;
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            _isFailing = true;
            directory.Free(entry.Length);
            problem = $"it could not be spooled either: {exception.Message}";
            return false;
        }

        lock (_lock)
        {
            if (held)
            {
                _index.AddHeld(entry);
            }
            else
            {
                _index.Add(entry);
            }
        }

        problem = "";
        return true;
    }

    // If the spool cannot be opened, the next batch tries again: a disk that was full or read-only may recover.
    private string? Open()
    {
        lock (_opening)
        {
            if (_path is null && directory.Open(books.Signal) is { } path)
            {
                Open_NeedsLock(path);
            }

            return _path;
        }
    }

    private void Open_NeedsLock(string path)
    {
        try
        {
            // Found first and counted afterwards, so that nothing is counted of a directory that can be read only in part.
            SpoolInventory found = SpoolInventory.Take(path);
            lock (_lock)
            {
                foreach (SpoolEntry entry in found.Entries)
                {
                    directory.Count(entry.Length);
                    _index.Add(entry);
                }

                _uncopied.UnionWith(found.Entries);
            }

            books.TakeOver(found.TotalWeight);
            _path = path;
            found.Damaged.ForEach(
                d => books.Lose(d.Weight, LossReason.SpoolDamaged, $"a spooled batch could not be read: {d.Why} {d.Fate}."));
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            directory.Unusable($"reading {path}", exception.GetType().Name, exception.Message);
        }
    }

    private bool TryReserve(SpoolEntry entry)
    {
        while (!directory.TryReserve(entry.Length))
        {
            SpoolEntry? oldest;
            bool inMemory;
            lock (_lock)
            {
                oldest = _index.Evict(entry, out inMemory);
            }

            if (oldest is null)
            {
                return false;
            }

            Erase(oldest);
            if (!inMemory)
            {
                books.Lose(oldest.Weight, LossReason.SpoolFull, WhyFull);
            }
        }

        return true;
    }

    private void Write(string path, string name, byte[] content)
    {
        // The directory may have been removed while the process runs; it is then created again.
        PrivateFiles.CreateDirectory(path);
        string unfinished = Path.Combine(path, name + SpoolFileName.Unfinished);
        try
        {
            using (SafeFileHandle file = PrivateFiles.CreateNew(unfinished))
            {
                RandomAccess.Write(file, content, fileOffset: 0);
                if (directory.Options.FlushToDisk)
                {
                    RandomAccess.FlushToDisk(file);
                }
            }

            File.Move(unfinished, Path.Combine(path, name));
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            // Deleting the incomplete file gives its space back to a full disk.
            File.Delete(unfinished);
            throw;
        }
    }

    private void SetAside(SpoolEntry entry, Exception exception)
    {
        lock (_lock)
        {
            if (!_index.Forget(entry))
            {
                // The file was evicted while it was read, which has already been counted.
                return;
            }
        }

        directory.Free(entry.Length);
        string fate = SpoolInventory.SetAside(Path.Combine(_path!, entry.Name));
        books.Lose(entry.Weight, LossReason.SpoolDamaged, $"a spooled batch could not be read: {exception.Message} {fate}.");
    }

    private void Erase(SpoolEntry entry)
    {
        directory.Free(entry.Length);
        try
        {
            File.Delete(Path.Combine(_path!, entry.Name));
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            // The next process would deliver the batch again, so the fault is reported.
            events.SetupIncomplete($"spool {_path}", "deleting a file of it", exception.GetType().Name,
                $"{exception.Message} Its batch may be delivered again after a restart.");
        }
    }
}
