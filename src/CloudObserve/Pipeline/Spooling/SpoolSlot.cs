using CloudObserve.Pipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Pipeline.Spooling;

/// <summary>A numbered directory of the spool that one process owns by a file lock, which ends with the process in every case.</summary>
internal sealed class SpoolSlot : IDisposable
{
    private const string LockName = "lock";

    private readonly SafeFileHandle _lock;

    private SpoolSlot(string path, SafeFileHandle held) => (Path, _lock) = (path, held);

    internal string Path { get; }

    /// <summary>Takes the slot, unless a process owns it.</summary>
    /// <exception cref="IOException">The directory cannot be created or written, or its lock file is not a regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory must not be created or written.</exception>
    internal static SpoolSlot? TryTake(string path)
    {
        PrivateFiles.CreateDirectory(path);
        return PrivateFiles.TryOpenLocked(System.IO.Path.Combine(path, LockName)) is { } held ? new SpoolSlot(path, held) : null;
    }

    public void Dispose() => _lock.Dispose();
}
