using System.Runtime.InteropServices;
using CloudObserve.Pipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Audit.Storage;

/// <summary>
/// Puts a directory's entries on the disk. On Unix a new name is lost with the power unless its directory is flushed, and the framework opens no
/// directories, hence the calls. On Windows the file system keeps a journal of names itself.
/// </summary>
internal static class DirectoryFlush
{
    internal static void Run(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using SafeFileHandle directory = UnixFiles.OpenDirectory(path);
        if (Flush(directory) < 0)
        {
            throw new IOException($"The directory '{path}' cannot be put on the disk: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        }
    }

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(SafeFileHandle directory);
}
