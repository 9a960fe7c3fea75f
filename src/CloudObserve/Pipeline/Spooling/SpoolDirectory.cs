using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>The spool of one host on disk: a slot of its own, into which files of ended processes are moved.</summary>
/// <remarks>If no slot is available, there is no spool: this is reported once, and batches are kept in memory only.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class SpoolDirectory(string path, SpoolOptions options, IDiagnosticEvents events) : IDisposable
{
    // More processes than this on one directory are a configuration error; each would have a slot of the full size.
    private const int MaxSlots = 64;

    private readonly Lock _lock = new();
    private LockedDirectory? _slot;
    private bool _disposed;
    private string? _said;
    private long _used;

    // The signals of this process, guarded by the lock.
    private readonly HashSet<string> _signals = new(StringComparer.Ordinal);

    internal SpoolOptions Options => options;

    /// <summary>Gets a value indicating whether an earlier process may have left files.</summary>
    internal bool Exists => Directory.Exists(path);

    /// <summary>Notes that this process has a signal, which delivers what is in the directory of its name.</summary>
    internal void Claim(string signal)
    {
        lock (_lock)
        {
            _ = _signals.Add(signal);
        }
    }

    /// <summary>Reports the batches of signals that this process does not have. They stay on disk.</summary>
    /// <remarks>Nothing happens while the spool is not open.</remarks>
    internal void ReportUnclaimed()
    {
        string? slot;
        string[] signals;
        lock (_lock)
        {
            slot = _slot?.Path;
            signals = [.. _signals];
        }

        try
        {
            foreach (string directory in slot is null ? [] : Directory.GetDirectories(slot))
            {
                string signal = Path.GetFileName(directory);
                if (!signals.Contains(signal) && CountOf(directory) is > 0 and int batches)
                {
                    events.Noticed(Log.SpoolUnclaimed(signal, batches, directory));
                }
            }
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            events.SetupIncomplete($"spool {path}", "looking for batches of other signals", exception.GetType().Name, exception.Message);
        }
    }

    /// <summary>Returns the directory of one signal, and opens the spool first if necessary.</summary>
    /// <returns>The path, or <see langword="null"/> if there is no spool.</returns>
    internal string? Open(string signal)
    {
        lock (_lock)
        {
            if (_slot is null && !_disposed)
            {
                Open_NeedsLock();
            }

            return _slot is null ? null : Path.Combine(_slot.Path, signal);
        }
    }

    /// <summary>Reserves space for a file from the space that all signals share.</summary>
    internal bool TryReserve(long bytes)
    {
        // The limit is never exceeded, not even for a moment: another signal would evict its oldest batch for it.
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

    /// <summary>Determines whether <see cref="TryReserve"/> would succeed now.</summary>
    internal bool HasRoomFor(long bytes) => Interlocked.Read(ref _used) + bytes <= options.MaxBytes;

    /// <summary>Counts a file that was found. The total may exceed the limit until the next batch is stored.</summary>
    internal void Count(long bytes) => Interlocked.Add(ref _used, bytes);

    internal void Free(long bytes) => Interlocked.Add(ref _used, -bytes);

    /// <summary>Reports why batches cannot be stored, once for each cause, because every batch tries again.</summary>
    internal void Unusable(string doing, string error, string message)
    {
        lock (_lock)
        {
            Unusable_NeedsLock(doing, error, message);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _slot?.Dispose();
            _slot = null;
        }
    }

    private static int CountOf(string directory) => new DirectoryInfo(directory).LinkTarget is null
        ? Directory.EnumerateFiles(directory, $"*{SpoolFileName.Extension}").Count() : 0;

    private void Open_NeedsLock()
    {
        Create();
        string error = "InUse";
        string message = $"All {MaxSlots} slots belong to running processes.";
        for (int i = 0; i < MaxSlots && _slot is null; i++)
        {
            try
            {
                _slot = LockedDirectory.TryTake(SlotPath(i));
            }
            catch (Exception exception) when (DiskFaults.Is(exception))
            {
                // A damaged slot must not prevent the use of another one.
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

    private void Create()
    {
        try
        {
            if (OwnDirectory.Create(path, PrivateFiles.CreateDirectory) is { } unwritten)
            {
                events.SetupIncomplete(
                    $"spool {path}", $"writing its {OwnDirectory.IgnoreFile}", unwritten.GetType().Name, unwritten.Message);
            }
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            // The slots are tried anyway, and their failure is reported.
        }
    }

    // The spool itself holds logged data. Others may read the directory above it, but a user who can write there could replace the spool.
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
            // A slot whose lock can be taken has no running owner.
            using LockedDirectory? left = LockedDirectory.TryTake(other);
            if (left is not null)
            {
                MoveFiles(left.Path);
            }
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            // A file that cannot be moved stays where it is, for a later process.
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
            // The file stays where it is, for a later process; the other files can still be moved.
            events.SetupIncomplete($"spool {Path.GetDirectoryName(file)}", "taking it over", exception.GetType().Name, exception.Message);
        }
    }
}
