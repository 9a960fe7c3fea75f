using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>The batches of one signal that lie on disk: one file each, written under another name and renamed, taken oldest first.</summary>
/// <remarks>
/// An entry that has been taken, or stored and held, stays on disk until it is deleted or given back: whoever crashes with it loses nothing.
/// A file that cannot be read any more is booked as lost and set aside. Files of strangers are left alone.
/// </remarks>
/// <threadsafety>Safe for concurrent use. Files are read outside any lock, and written one at a time.</threadsafety>
internal sealed class BatchSpool(SpoolDirectory directory, DeliveryBooks books, IDiagnosticEvents events)
{
    private readonly Lock _gate = new();

    // Guarded by the gate. What is held is on its way through memory and may not make room.
    private readonly SpoolIndex _index = new();

    // Taken for making room and writing, before the gate. What another has reserved and not written yet could not make room; and a disk is no
    // quicker with several files at once.
    private readonly Lock _storing = new();

    // Taken for opening only, which writes and lists files; never while the gate is held.
    private readonly Lock _opening = new();
    private volatile string? _path;

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

    internal TimeSpan SpillAfter => directory.Options.SpillAfter;

    /// <summary>Looks for what an earlier process has left, and takes it into the books. Where nothing is, nothing is made.</summary>
    internal void TakeOver()
    {
        if (directory.Exists)
        {
            _ = Open();
        }
    }

    /// <summary>Writes a batch to disk.</summary>
    /// <param name="batch">The batch; it stays the caller's.</param>
    /// <param name="held">Whether the caller goes on with the batch and answers for the entry.</param>
    /// <param name="problem">Why it could not be kept, in words.</param>
    internal SpoolEntry? TryStore(Batch batch, bool held, out string problem)
    {
        if (Open() is not { } path)
        {
            problem = "there is no spool";
            return null;
        }

        byte[] content = SpoolFile.Encode(batch);
        lock (_storing)
        {
            return TryStore_NeedsLock(path, batch, content, held, out problem);
        }
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

    /// <summary>Reads an entry that was taken.</summary>
    /// <returns><see langword="null"/> when it cannot be read: then it is lost, booked, and no longer an entry.</returns>
    internal Batch? TryRead(SpoolEntry entry)
    {
        try
        {
            return SpoolFile.Decode(File.ReadAllBytes(Path.Combine(_path!, entry.Name)));
        }
        catch (Exception exception) when (DiskFaults.Is(exception) || exception is InvalidDataException)
        {
            SetAside(entry, exception);
            return null;
        }
    }

    /// <summary>Gives an entry back that was taken or held; it waits again.</summary>
    internal void Return(SpoolEntry entry)
    {
        lock (_gate)
        {
            _index.Wait(entry);
        }
    }

    /// <summary>Forgets an entry whose batch is done with.</summary>
    internal void Delete(SpoolEntry entry)
    {
        lock (_gate)
        {
            _index.Forget(entry);
        }

        Erase(entry);
    }

    private SpoolEntry? TryStore_NeedsLock(string path, Batch batch, byte[] content, bool held, out string problem)
    {
        if (!TryReserve(content.Length))
        {
            problem = $"the spool is full (Delivery:Spool:MaxBytes is {directory.Options.MaxBytes}) of batches that are on their way";
            return null;
        }

        // Random, because files of other slots may come in here.
        SpoolEntry entry = SpoolFileName.Create(batch, (uint)Random.Shared.NextInt64(), content.Length);
        try
        {
            Write(path, entry.Name, content);
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            directory.Free(content.Length);
            problem = $"it could not be spooled either: {exception.Message}";
            return null;
        }

        lock (_gate)
        {
            _index.Add(entry);
            if (!held)
            {
                _index.Wait(entry);
            }
        }

        problem = "";
        return entry;
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
            List<SpoolEntry> found = Find(Directory.CreateDirectory(path));
            lock (_gate)
            {
                foreach (SpoolEntry entry in found)
                {
                    directory.Count(entry.Length);
                    _index.Add(entry);
                    _index.Wait(entry);
                }
            }

            books.TakeOver(found.Sum(e => e.Weight));
            _path = path;
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            directory.Unusable($"reading {path}", exception.GetType().Name, exception.Message);
        }
    }

    private static List<SpoolEntry> Find(DirectoryInfo path)
    {
        List<SpoolEntry> found = [];
        foreach (FileInfo file in path.EnumerateFiles())
        {
            if (file.Extension == SpoolFileName.Unfinished)
            {
                // Left by a crash in the middle of writing; it was never counted as kept.
                file.Delete();
            }
            else if (SpoolFileName.TryParse(file.Name, file.Length) is { } entry)
            {
                found.Add(entry);
            }
        }

        return found;
    }

    private bool TryReserve(long bytes)
    {
        while (!directory.TryReserve(bytes))
        {
            SpoolEntry? oldest;
            lock (_gate)
            {
                oldest = _index.Take();
                if (oldest is not null)
                {
                    _index.Forget(oldest);
                }
            }

            if (oldest is null)
            {
                return false;
            }

            Erase(oldest);
            books.Lose(oldest.Weight, LossReason.SpoolFull, "the spool was full and this was the oldest batch in it; raise Delivery:Spool:MaxBytes, or see why the destination does not answer.");
        }

        return true;
    }

    private void Write(string path, string name, byte[] content)
    {
        // The directory may have been removed while the process runs; an outage is no time to insist.
        _ = Directory.CreateDirectory(path);
        string unfinished = Path.Combine(path, name + SpoolFileName.Unfinished);
        try
        {
            using (FileStream file = new(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(content);
                file.Flush(directory.Options.FlushToDisk);
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
            _index.Forget(entry);
        }

        directory.Free(entry.Length);
        string path = Path.Combine(_path!, entry.Name);
        string kept = "The file is gone";
        try
        {
            if (File.Exists(path))
            {
                File.Move(path, path + SpoolFileName.Damaged, overwrite: true);
                kept = $"The file was set aside as {path}{SpoolFileName.Damaged}";
            }
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            kept = $"The file could not be set aside ({exception.Message})";
        }

        books.Lose(entry.Weight, LossReason.SpoolDamaged, $"a spooled batch could not be read: {why.Message} {kept}.");
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
