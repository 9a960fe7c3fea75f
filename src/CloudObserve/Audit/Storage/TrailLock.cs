using System.Globalization;
using System.Text;
using CloudObserve.Pipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Audit.Storage;

/// <summary>Keeps other processes from writing the same trail while this process lives.</summary>
/// <remarks>
/// The system releases it even if the process is killed. On Unix a file can be deleted while its lock is held, and another process would
/// then lock a new file with the same name. So the directory is locked too, because it cannot be replaced without moving the trail with it.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class TrailLock : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly SafeFileHandle? _directory;

    // Guarded by the lock.
    private SafeFileHandle _file;

    private TrailLock(string path, SafeFileHandle? directory, SafeFileHandle file) => (_path, _directory, _file) = (path, directory, file);

    /// <exception cref="AuditTrailException">Another process holds the lock.</exception>
    internal static TrailLock Take(string path)
    {
        SafeFileHandle? directory = TakeDirectory(path);
        try
        {
            SafeFileHandle file = PrivateFiles.TryOpenLocked(path) ?? throw Held(path);
            Sign(file);
            return new TrailLock(path, directory, file);
        }
        catch
        {
            directory?.Dispose();
            throw;
        }
    }

    /// <summary>Verifies that this process still holds the lock: that the path leads to the file that is open here.</summary>
    /// <exception cref="IOException">This process no longer holds the lock. Nothing may be written any more.</exception>
    internal void Confirm()
    {
        lock (_lock)
        {
            if (!IsHere())
            {
                PutBack();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _file.Dispose();
            _directory?.Dispose();
        }
    }

    private static SafeFileHandle? TakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        SafeFileHandle directory = UnixFiles.OpenDirectory(Path.GetDirectoryName(path)!);
        if (!UnixFiles.TryLock(directory))
        {
            directory.Dispose();
            throw Held(path);
        }

        if (UnixFiles.IsLocked(directory))
        {
            return directory;
        }

        // Some network file systems can lock files only.
        directory.Dispose();
        return null;
    }

    private static AuditTrailException Held(string path) => new(
        $"The audit trail in '{Path.GetDirectoryName(path)}' cannot be opened: another process is writing it and holds the lock '{path}'. "
        + "Give each process its own directory (CloudObserve:AuditTrail:Directory).");

    // The content is for people who look for the process that holds the lock. The lock itself is the open file.
    private static void Sign(SafeFileHandle file)
    {
        RandomAccess.SetLength(file, 0);
        RandomAccess.Write(
            file, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId}\n")), 0);
    }

    private bool IsHere()
    {
        if (PrivateFiles.IdentityOf(_file) is not { } held)
        {
            // On Windows an open file cannot be deleted. Other systems do not say which file a name leads to.
            return OperatingSystem.IsWindows() || File.Exists(_path);
        }

        try
        {
            using SafeFileHandle named = PrivateFiles.OpenRead(_path);
            return PrivateFiles.IdentityOf(named) == held;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // While the directory is locked, no other process can have written, except an earlier version of this library, which locks the file
    // only.
    private void PutBack()
    {
        if (_directory is null || !IsSameDirectory() || PrivateFiles.TryOpenLocked(_path) is not { } file)
        {
            throw new IOException(
                $"The lock of the audit trail, '{_path}', is not held by this process any more, because it was deleted or replaced. "
                    + $"Nothing is written until the process restarts.");
        }

        Sign(file);
        _file.Dispose();
        _file = file;
    }

    private bool IsSameDirectory()
    {
        using SafeFileHandle named = UnixFiles.OpenDirectory(Path.GetDirectoryName(_path)!);
        return PrivateFiles.IdentityOf(named) is { } identity && identity == PrivateFiles.IdentityOf(_directory!);
    }
}
