using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Pipeline.Storage;

/// <summary>The parts of <see cref="PrivateFiles"/> that work in another way on Windows.</summary>
internal static class WindowsFiles
{
    private const int SharingViolation = unchecked((int)0x80070020);

    /// <summary>Opens a file that nobody else can open meanwhile; creates it if it is missing.</summary>
    /// <returns><see langword="null"/> when somebody else has it open.</returns>
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
