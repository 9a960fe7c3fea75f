using System.Buffers;
using System.Text;

namespace CloudObserve.LogEvents.Wire;

/// <summary>Replaces each invalid UTF-8 sequence in a text by U+FFFD, as every decoder does.</summary>
/// <remarks>
/// CloudWatch refuses a whole request because of one invalid byte, and it counts the size of the replaced text, so this happens before
/// counting.
/// </remarks>
internal static class Utf8Repair
{
    /// <summary>Writes the repaired text.</summary>
    internal static void Write(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        while (!text.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(text, out Rune rune, out int consumed);
            output.Write(status == OperationStatus.Done ? text[..consumed] : "\uFFFD"u8);
            text = text[consumed..];
        }
    }
}
