using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Monitoring.Alarms.Storage;

/// <summary>Creates directories and files that no other user may read.</summary>
internal static class OwnFiles
{
    private const UnixFileMode FileMode0600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    internal static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            _ = Directory.CreateDirectory(path);
            return;
        }

        _ = Directory.CreateDirectory(path, FileMode0600 | UnixFileMode.UserExecute);
    }

    /// <summary>Opens a file for reading and writing, and creates it if it is missing.</summary>
    internal static SafeFileHandle OpenOrCreate(string path) => Open(path, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Locks a file until the handle is disposed of or the process ends.</summary>
    /// <returns>The handle; <see langword="null"/> if another process holds the lock.</returns>
    internal static SafeFileHandle? TryLock(string path)
    {
        try
        {
            return Open(path, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private static SafeFileHandle Open(string path, FileShare share)
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(path))
        {
            // The mode is set while the file is created, so no other user can open it before.
            FileStreamOptions options = new()
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite | FileShare.Delete,
                UnixCreateMode = FileMode0600,
                BufferSize = 0,
            };
            using FileStream created = new(path, options);
        }

        return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
    }
}
