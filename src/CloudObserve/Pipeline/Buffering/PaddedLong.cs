using System.Runtime.InteropServices;

namespace CloudObserve.Pipeline.Buffering;

/// <summary>A word that threads write while others read something else: it shares its cache line with nothing.</summary>
/// <remarks>Two lines of 64 bytes lie on either side, because processors fetch lines in pairs.</remarks>
[StructLayout(LayoutKind.Explicit, Size = (2 * Gap) + sizeof(long))]
internal struct PaddedLong
{
    /// <summary>How many bytes lie before the value, and how many behind it.</summary>
    internal const int Gap = 128;

    // padding: 0-127

    /// <summary>The value. Who may write it, and in which order it becomes visible, is for the owner to say.</summary>
    [FieldOffset(Gap)]
    internal long Value;

    // padding: 136-263
}
