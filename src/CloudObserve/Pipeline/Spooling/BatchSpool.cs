using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Pipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>The batches of one signal that lie on disk: one file each, written under another name and renamed, taken oldest first.</summary>
/// <remarks>
/// An entry that has been taken, or stored and held, stays on disk until it is deleted or given back: whoever crashes with it loses nothing.
/// Only when there is no room left goes the oldest of all, whatever its state. Of one that merely waited, or was about to be read, the batch is lost
/// then and booked; of one whose batch is in memory nothing is, and whoever has it answers for it alone.
/// A file that cannot be read any more is booked as lost and set aside. Files of strangers are left alone.
/// </remarks>
/// <threadsafety>Safe for concurrent use. Files are read outside any lock, and written one at a time.</threadsafety>
internal sealed class BatchSpool(SpoolDirectory directory, IBatchSink sink, DeliveryBooks books, IDiagnosticEvents events)
{
    private const string WhyFull =
        "the spool was full and this was the oldest batch of its signal; raise Delivery:Spool:MaxBytes, or see why the destination does not answer.";

    // What a file has besides its body: a header of at most 64 KiB, and tables of 12 bytes an item, of which a request has at most 10,000.
    private const int MostOverhead = 192 * 1024;

    private readonly Lock _gate = new();

    // Guarded by the gate.
    private readonly SpoolIndex _index = new();

    // Taken for making room and writing, before the gate. What another has reserved and not written yet could not make room; and a disk is no
    // quicker with several files at once.
    private readonly Lock _storing = new();

    // Taken for opening only, which writes and lists files; never while the gate is held.
    private readonly Lock _opening = new();
    private volatile string? _path;

    // Whether the last file could not be written. Nobody is to rely on room that the disk does not have.
    private volatile bool _isFailing;

    /// <summary>Gets what the files count for in the ledger.</summary>
    internal SpoolGauges Gauges
    {
        get
        {
            lock (_gate)
            {
                return _index.Gauges;
            }
        }
    }

    /// <summary>Tells whether a batch could be kept without the loss of an older one.</summary>
    internal bool HasRoomFor(long bytes) => !_isFailing && Open() is not null && directory.HasRoomFor(bytes + MostOverhead);

    internal TimeSpan SpillAfter => directory.Options.SpillAfter;

    /// <summary>Looks for what an earlier process has left, and takes it into the books. Where nothing is, nothing is made.</summary>
    internal void TakeOver()
    {
        if (directory.Exists)
        {
            _ = Open();
        }
    }

    /// <summary>Writes a batch to disk with which the caller goes on.</summary>
    /// <param name="batch">The batch; it stays the caller's.</param>
    /// <returns><see langword="null"/> when it could not be written, or is older than all that fills the spool.</returns>
    internal SpoolEntry? TryHold(Batch batch) => TryStore(batch, held: true, out _, out _);

    /// <summary>Answers for a batch that memory lets go of: it is on disk then, or booked as the oldest of a spool that is full.</summary>
    /// <param name="batch">The batch; it stays the caller's.</param>
    /// <param name="problem">Why it could not be kept, in words.</param>
    /// <returns><see langword="false"/> when the caller must book it as lost.</returns>
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

    /// <summary>Takes the oldest entry that waits. Its file stays until <see cref="Delete"/>.</summary>
    /// <param name="allowed">Whose destination may be taken from. It must not come back here.</param>
    internal SpoolEntry? TakeOldest(Predicate<uint> allowed)
    {
        lock (_gate)
        {
            return _index.Take(allowed);
        }
    }

    /// <summary>Reads an entry that was taken. From here on the caller answers for the batch.</summary>
    /// <returns><see langword="null"/> when it cannot be read, or had to make room: then it is lost, booked, and no longer an entry.</returns>
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

        lock (_gate)
        {
            if (_index.Hold(entry))
            {
                return batch;
            }
        }

        batch.Dispose();
        return null;
    }

    // The books have counted it already, and no sink is asked to do what none can.
    private void Check(SpoolEntry entry, Batch batch)
    {
        string problem = batch.Weight != entry.Weight ? "It counts for something else than it did when it was found."
            : !sink.CanSend(batch.Operation) ? $"The destination knows no operation '{batch.Operation}'."
            : "";
        if (problem.Length > 0)
        {
            batch.Dispose();
            throw new InvalidDataException(problem);
        }
    }

    /// <summary>Gives an entry back whose batch is in memory; it waits again.</summary>
    /// <returns><see langword="false"/> when it had to make room: the caller still answers for the batch.</returns>
    internal bool TryReturn(SpoolEntry entry)
    {
        lock (_gate)
        {
            return _index.Wait(entry);
        }
    }

    /// <summary>Gives an entry back that was read, with its batch: should it have had to make room meanwhile, the batch is stored again or lost.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="batch">Its batch; it stays the caller's.</param>
    internal void GiveBack(SpoolEntry entry, Batch batch)
    {
        if (!TryReturn(entry) && !TryKeep(batch, out string problem))
        {
            books.Lose(batch, LossReason.SpoolFull, $"it had to make room in the spool while it was on its way back to memory, and {problem}.");
        }
    }

    /// <summary>Forgets an entry whose batch is done with.</summary>
    internal void Delete(SpoolEntry entry)
    {
        bool isThere;
        lock (_gate)
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
            problem = $"it takes {content.Length} bytes, and a file of the spool at most {SpoolFile.MaxBytes}";
            return null;
        }

        // Random, because files of other slots may come in here.
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

        lock (_gate)
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

    // What cannot be opened now is tried again with the next batch: a disk that was full or read-only need not stay so.
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
            // Found first and counted afterwards: of a directory that can only be read in part, nothing is taken.
            SpoolInventory found = SpoolInventory.Take(path);
            lock (_gate)
            {
                foreach (SpoolEntry entry in found.Entries)
                {
                    directory.Count(entry.Length);
                    _index.Add(entry);
                }
            }

            books.TakeOver(found.TotalWeight);
            _path = path;
            found.Damaged.ForEach(d => books.Lose(d.Weight, LossReason.SpoolDamaged, $"a spooled batch could not be read: {d.Why} {d.Fate}."));
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
            lock (_gate)
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
        // The directory may have been removed while the process runs; an outage is no time to insist.
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
            // A disk that is full has room again without the half that was written.
            File.Delete(unfinished);
            throw;
        }
    }

    private void SetAside(SpoolEntry entry, Exception why)
    {
        lock (_gate)
        {
            if (!_index.Forget(entry))
            {
                // It had to make room while it was read, which is booked.
                return;
            }
        }

        directory.Free(entry.Length);
        string fate = SpoolInventory.SetAside(Path.Combine(_path!, entry.Name));
        books.Lose(entry.Weight, LossReason.SpoolDamaged, $"a spooled batch could not be read: {why.Message} {fate}.");
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
            // The next process would deliver it again; better told than unseen.
            events.SetupIncomplete($"spool {_path}", "deleting a file of it", exception.GetType().Name, $"{exception.Message} Its batch may be delivered again after a restart.");
        }
    }
}
