namespace CloudObserve.Pipeline.Spooling;

/// <summary>Distinguishes exceptions of the file system from faults of the library.</summary>
internal static class DiskFaults
{
    /// <remarks>
    /// .NET reports a file that is too large for the file system as an argument out of range, and a path it cannot hold as not supported.
    /// </remarks>
    internal static bool Is(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException or NotSupportedException
        or System.Security.SecurityException;
}
