using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>The spool of one host on disk: a slot of its own, into which it takes what processes that are gone have left in theirs.</summary>
/// <remarks>When no slot can be had, there is no spool: that is said once, and batches live in memory alone.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class SpoolDirectory(string path, SpoolOptions options, IDiagnosticEvents events) : IDisposable
{
    // More processes than that on one directory are a mistake; each would have a slot of the whole size.
    private const int MaxSlots = 64;

    private readonly Lock _gate = new();
    private SpoolSlot? _slot;
    private bool _disposed;
    private string? _said;
    private long _used;

    internal SpoolOptions Options => options;

    /// <summary>Gets a value indicating whether an earlier process may have left something.</summary>
    internal bool Exists => Directory.Exists(path);

    /// <summary>Gives the directory of one signal, and opens the spool first if need be.</summary>
    /// <returns><see langword="null"/> when there is no spool.</returns>
    internal string? Open(string signal)
    {
        lock (_gate)
        {
            if (_slot is null && !_disposed)
            {
                Open_NeedsLock();
            }

            return _slot is null ? null : Path.Combine(_slot.Path, signal);
        }
    }

    /// <summary>Takes room for a file, of the room that all signals share.</summary>
    internal bool TryReserve(long bytes)
    {
        // Never more than there is, not even for a moment: another signal would make room for it and lose its oldest batch.
        long used = Interlocked.Read(ref _used);
        while (used + bytes <= options.MaxBytes)
        {
            long seen = Interlocked.CompareExchange(ref _used, used + bytes, used);
            if (seen == used)
            {
                return true;
            }

            used = seen;
        }

        return false;
    }

    /// <summary>Tells whether <see cref="TryReserve"/> would succeed now.</summary>
    internal bool HasRoomFor(long bytes) => Interlocked.Read(ref _used) + bytes <= options.MaxBytes;

    /// <summary>Counts a file that was found. It may lie beyond the limit, which then is kept by whoever stores next.</summary>
    internal void Count(long bytes) => Interlocked.Add(ref _used, bytes);

    internal void Free(long bytes) => Interlocked.Add(ref _used, -bytes);

    /// <summary>Says why batches cannot be kept, once for each cause: it is tried again with every batch.</summary>
    internal void Unusable(string doing, string error, string message)
    {
        lock (_gate)
        {
            Unusable_NeedsLock(doing, error, message);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _slot?.Dispose();
            _slot = null;
        }
    }

    private void Open_NeedsLock()
    {
        string error = "InUse";
        string message = $"All {MaxSlots} slots belong to running processes.";
        for (int i = 0; i < MaxSlots && _slot is null; i++)
        {
            try
            {
                _slot = SpoolSlot.TryTake(SlotPath(i));
            }
            catch (Exception exception) when (DiskFaults.Is(exception))
            {
                // Somebody may have spoilt one slot; that is no reason to do without a spool.
                (error, message) = (exception.GetType().Name, exception.Message);
            }
        }

        if (_slot is null)
        {
            Unusable_NeedsLock("opening it", error, message);
            return;
        }

        TellIfOpen();
        TakeOver();
    }

    // The spool itself holds what was logged. The directory above it may be read by others, but whoever may write there can put another in its place.
    private void TellIfOpen()
    {
        TellIfOpen(path, UnixFileMode.None);
        TellIfOpen(
            Path.GetDirectoryName(path)!,
            UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    private void TellIfOpen(string directory, UnixFileMode harmless)
    {
        try
        {
            UnixFileMode open = PrivateFiles.OpenToOthers(directory);
            if ((open & ~harmless) != UnixFileMode.None)
            {
                events.DirectoryOpenToOthers(directory, open.ToString());
            }
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            events.SetupIncomplete($"spool {path}", "reading its mode", exception.GetType().Name, exception.Message);
        }
    }

    private void Unusable_NeedsLock(string doing, string error, string message)
    {
        if (message != _said)
        {
            _said = message;
            events.SetupIncomplete($"spool {path}", doing, error, $"{message} Batches are kept in memory only.");
        }
    }

    private string SlotPath(int number) => Path.Combine(path, number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private void TakeOver()
    {
        for (int i = 0; i < MaxSlots; i++)
        {
            string other = SlotPath(i);
            if (other != _slot!.Path && Directory.Exists(other))
            {
                TakeOver(other);
            }
        }
    }

    private void TakeOver(string other)
    {
        try
        {
            // A slot that can be taken has no owner any more.
            using SpoolSlot? left = SpoolSlot.TryTake(other);
            if (left is not null)
            {
                MoveFiles(left.Path);
            }
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            // What cannot be moved stays where it is, for a later process.
            events.SetupIncomplete($"spool {other}", "taking it over", exception.GetType().Name, exception.Message);
        }
    }

    private void MoveFiles(string from)
    {
        foreach (DirectoryInfo signal in new DirectoryInfo(from).EnumerateDirectories().Where(d => d.LinkTarget is null))
        {
            string to = Path.Combine(_slot!.Path, signal.Name);
            foreach (string file in Directory.GetFiles(signal.FullName, $"*{SpoolFileName.Extension}"))
            {
                MoveFile(file, to);
            }
        }
    }

    private void MoveFile(string file, string to)
    {
        try
        {
            PrivateFiles.CreateDirectory(to);
            File.Move(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            // It stays where it is, for a later process; the others can be moved all the same.
            events.SetupIncomplete($"spool {Path.GetDirectoryName(file)}", "taking it over", exception.GetType().Name, exception.Message);
        }
    }
}
