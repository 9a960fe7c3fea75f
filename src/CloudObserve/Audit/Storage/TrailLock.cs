using System.Globalization;
using System.Text;
using CloudObserve.Pipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Audit.Storage;

/// <summary>Keeps other processes from writing the same trail, for as long as this one lives: the system lets go of it even when the process is killed.</summary>
/// <remarks>
/// On Unix a file can be deleted while its lock is held, and another process would then lock a new one of the same name. So the directory is locked
/// too, which nobody can put another one in place of without taking the trail along.
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

    /// <exception cref="AuditTrailException">Somebody else holds it.</exception>
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

    /// <summary>Makes sure that the lock is still this process's: that its name leads to the file that is held.</summary>
    /// <exception cref="IOException">It is not. Nothing may be written any more.</exception>
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

        // Some network file systems lock files only.
        directory.Dispose();
        return null;
    }

    private static AuditTrailException Held(string path) => new(
        $"The audit trail in '{Path.GetDirectoryName(path)}' is being written by another process: '{path}' is held. "
        + "Give each process a directory of its own (CloudObserve:AuditTrail:Directory).");

    // For whoever looks for the process that holds it; the lock itself is the open file.
    private static void Sign(SafeFileHandle file)
    {
        RandomAccess.SetLength(file, 0);
        RandomAccess.Write(file, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId}\n")), 0);
    }

    private bool IsHere()
    {
        if (PrivateFiles.IdentityOf(_file) is not { } held)
        {
            // Windows keeps a file that is open from being deleted; other systems do not tell which file a name leads to.
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

    // While the directory is held nobody else can have written meanwhile, except an earlier version of the library: that one holds the file.
    private void PutBack()
    {
        if (_directory is null || !IsSameDirectory() || PrivateFiles.TryOpenLocked(_path) is not { } file)
        {
            throw new IOException($"The lock of the audit trail, '{_path}', is not held by this process any more: somebody deleted or replaced it. Nothing is written until the process starts again.");
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
