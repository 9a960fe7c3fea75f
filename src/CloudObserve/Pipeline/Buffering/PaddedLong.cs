using System.Runtime.InteropServices;

namespace CloudObserve.Pipeline.Buffering;

/// <summary>A 64-bit field with padding, so that threads that write it do not slow down threads that read neighbouring data.</summary>
/// <remarks>Two cache lines of 64 bytes lie on either side, because processors fetch lines in pairs.</remarks>
[StructLayout(LayoutKind.Explicit, Size = (2 * Gap) + sizeof(long))]
internal struct PaddedLong
{
    /// <summary>The number of padding bytes before the value, and after it.</summary>
    internal const int Gap = 128;

    // Padding: bytes 0-127.

    /// <summary>The value. The owner defines which thread may write it, and with which memory ordering.</summary>
    [FieldOffset(Gap)]
    internal long Value;

    // Padding: bytes 136-263.
}
