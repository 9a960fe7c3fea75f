using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Pipeline.Storage;

/// <summary>A directory that one process owns by a file lock, which ends with the process in every case.</summary>
internal sealed class LockedDirectory : IDisposable
{
    private const string LockName = "lock";

    private readonly SafeFileHandle _lock;

    private LockedDirectory(string path, SafeFileHandle held) => (Path, _lock) = (path, held);

    internal string Path { get; }

    /// <summary>Takes the directory, unless a process owns it. It is created if it is missing.</summary>
    /// <exception cref="IOException">The directory cannot be created or written, or its lock file is not a regular file.</exception>
    /// <exception cref="UnauthorizedAccessException">The directory must not be created or written.</exception>
    internal static LockedDirectory? TryTake(string path)
    {
        PrivateFiles.CreateDirectory(path);
        return PrivateFiles.TryOpenLocked(System.IO.Path.Combine(path, LockName)) is { } held ? new LockedDirectory(path, held) : null;
    }

    public void Dispose() => _lock.Dispose();
}
