namespace CloudObserve.Pipeline.Spooling;

/// <summary>Tells what a disk throws from what is a fault of ours.</summary>
internal static class DiskFaults
{
    /// <remarks>A file that its file system finds too large is an argument out of range to .NET, and a path that it cannot hold an unsupported one.</remarks>
    internal static bool Is(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException or NotSupportedException or System.Security.SecurityException;
}
