using System.Runtime.InteropServices;

namespace CloudObserve.Cli;

/// <summary>Finds out whether the caller started this process without standard input, as the shell does for <c>&lt;&amp;-</c>.</summary>
/// <remarks>
/// .NET opens files before <c>Main</c> runs, and one of them takes the free descriptor 0. Reading it may wait forever. All descriptors that
/// .NET opens are closed when another program is executed (FD_CLOEXEC). A descriptor that came from the caller was not closed when this
/// program was executed, so it does not have that flag.
/// </remarks>
internal static class ClosedInput
{
    private const int InputDescriptor = 0;

    // The values are the same on Linux and macOS.
    private const int GetDescriptorFlags = 1;
    private const int CloseOnExecute = 1;
    private const int Failed = -1;

    /// <summary>Gets whether standard input is closed. On Windows, a closed one has no data.</summary>
    internal static bool IsClosed =>
        !OperatingSystem.IsWindows() && FileControl(InputDescriptor, GetDescriptorFlags) is var flags
        && (flags == Failed || (flags & CloseOnExecute) != 0);

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int FileControl(int descriptor, int command);
}
