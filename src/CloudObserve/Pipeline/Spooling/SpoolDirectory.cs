using CloudObserve.Diagnostics;

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
        try
        {
            for (int i = 0; i < MaxSlots && _slot is null; i++)
            {
                _slot = SpoolSlot.TryTake(SlotPath(i));
            }

            if (_slot is null)
            {
                Unusable_NeedsLock("opening it", "InUse", $"All {MaxSlots} slots belong to running processes.");
                return;
            }
        }
        catch (Exception exception) when (DiskFaults.Is(exception))
        {
            Unusable_NeedsLock("opening it", exception.GetType().Name, exception.Message);
            return;
        }

        TakeOver();
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
        foreach (string signal in Directory.EnumerateDirectories(from))
        {
            string to = Directory.CreateDirectory(Path.Combine(_slot!.Path, Path.GetFileName(signal))).FullName;
            foreach (string file in Directory.EnumerateFiles(signal, $"*{SpoolFileName.Extension}"))
            {
                File.Move(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
            }
        }
    }
}
