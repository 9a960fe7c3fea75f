using Microsoft.Win32.SafeHandles;

namespace CloudObserve.Sinks.StandardOutput;

/// <summary>Opens the process's standard output so that a closed reader is detected.</summary>
internal static class StandardOutputStream
{
    private const int Descriptor = 1;

    /// <summary>Opens standard output. The caller must not dispose of the stream, because the process owns the descriptor.</summary>
    /// <remarks>
    /// The console's stream treats a broken pipe as success, so that programs can be piped into <c>head</c>. A plain stream over the
    /// descriptor reports it instead. For a file the console's stream is used: a plain stream would have its own position and overwrite
    /// other output. Windows has no descriptors, so a broken pipe is not detected there.
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
