using System.Buffers;
using System.Globalization;

namespace CloudObserve.Metrics.Wire;

/// <summary>Writes numbers as JSON.</summary>
internal static class WireNumbers
{
    /// <summary>A number of bytes greater than any number needs: 24 for a double in shortest round-trip form, 20 for a long.</summary>
    internal const int MaxBytes = 32;

    internal static void Write<T>(IBufferWriter<byte> output, T value)
        where T : IUtf8SpanFormattable
    {
        _ = value.TryFormat(output.GetSpan(MaxBytes), out int written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }
}
