using System.Globalization;
using CloudObserve.LogEvents.Text;

namespace CloudObserve.Logs.Formatting;

/// <summary>Writes times as ISO 8601 in UTC with milliseconds.</summary>
/// <remarks>Events of the same second reuse the formatted part.</remarks>
/// <param name="before">The text before each time.</param>
/// <param name="after">The text after each time.</param>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class TimestampText(ReadOnlySpan<byte> before = default, ReadOnlySpan<byte> after = default)
{
    private const int FirstMillisecond = 20;

    private readonly byte[] _text = [.. before, .. "0001-01-01T00:00:00.000Z"u8, .. after];
    private readonly int _start = before.Length;
    private long _second;

    internal void Append(Utf8Buffer output, long utcTicks)
    {
        (long second, long rest) = Math.DivRem(utcTicks, TimeSpan.TicksPerSecond);
        Span<byte> text = _text.AsSpan(_start);
        if (second != _second)
        {
            _ = new DateTime(utcTicks, DateTimeKind.Utc).TryFormat(text, out _, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            _second = second;
        }

        int milliseconds = (int)(rest / TimeSpan.TicksPerMillisecond);
        text[FirstMillisecond] = (byte)('0' + (milliseconds / 100));
        text[FirstMillisecond + 1] = (byte)('0' + (milliseconds / 10 % 10));
        text[FirstMillisecond + 2] = (byte)('0' + (milliseconds % 10));
        output.Append(_text);
    }
}
