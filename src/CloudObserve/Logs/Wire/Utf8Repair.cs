using System.Buffers;
using System.Text;

namespace CloudObserve.Logs.Wire;

/// <summary>Replaces what is not UTF-8 in a text, as every decoder would: each broken sequence by U+FFFD.</summary>
/// <remarks>CloudWatch refuses a whole request for one broken byte, and counts the replaced text, so this comes before counting.</remarks>
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
