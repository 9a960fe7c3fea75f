using System.Runtime.InteropServices;
using CloudObserve.Pipeline.Storage;
using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Audit.Storage;

/// <summary>Flushes the entries of a directory to disk.</summary>
/// <remarks>
/// On Unix a new name is lost in a power failure unless its directory is flushed. The framework cannot open directories, so this class
/// calls the system directly. On Windows the file system journals names itself.
/// </remarks>
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
            throw new IOException(
                $"The directory '{path}' cannot be flushed to disk: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
        }
    }

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(SafeFileHandle directory);
}
