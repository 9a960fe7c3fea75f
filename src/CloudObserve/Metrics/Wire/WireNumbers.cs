using System.Buffers;
using System.Globalization;

namespace CloudObserve.Metrics.Wire;

/// <summary>Writes numbers as JSON.</summary>
internal static class WireNumbers
{
    /// <summary>More than any number takes: 24 characters for a double in its shortest round-trip form, 20 for a long.</summary>
    internal const int MaxBytes = 32;

    internal static void Write<T>(IBufferWriter<byte> output, T value)
        where T : IUtf8SpanFormattable
    {
        _ = value.TryFormat(output.GetSpan(MaxBytes), out int written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }
}
