using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Sinks.StandardOutput;

/// <summary>Opens the process's standard output so that a reader that has gone away is noticed.</summary>
internal static class StandardOutputStream
{
    private const int Descriptor = 1;

    /// <summary>Opens it. The stream is not to be disposed of: the descriptor is the process's.</summary>
    /// <remarks>
    /// The console's stream takes a broken pipe for success, so that programs can be piped into <c>head</c>. A plain stream over the descriptor says
    /// so instead. A file keeps the console's stream: a plain one has a position of its own there, and would write over what others print.
    /// Windows has no descriptors; a broken pipe goes unnoticed there.
    /// </remarks>
    internal static Stream Open()
    {
        if (OperatingSystem.IsWindows())
        {
            return Console.OpenStandardOutput();
        }

        FileStream plain = new(new SafeFileHandle(Descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return plain.CanSeek ? Console.OpenStandardOutput() : plain;
    }
}
