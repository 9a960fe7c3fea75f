using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Pipeline.Storage;

/// <summary>The Windows implementations of parts of <see cref="PrivateFiles"/>.</summary>
internal static class WindowsFiles
{
    private const int SharingViolation = unchecked((int)0x80070020);

    /// <summary>Opens a file exclusively, and creates it if it is missing.</summary>
    /// <returns>The handle, or <see langword="null"/> if another process has the file open.</returns>
    internal static SafeFileHandle? TryOpenLocked(string path)
    {
        try
        {
            return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (held.HResult == SharingViolation)
        {
            return null;
        }
    }
}
