using System.Globalization;

namespace CloudObserve.Logs.Formatting;

/// <summary>Writes times as ISO 8601 in UTC with milliseconds. Events of the same second share the work.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class TimestampText
{
    private readonly byte[] _text = "0001-01-01T00:00:00.000Z"u8.ToArray();
    private long _second;

    internal void Append(Utf8Buffer output, long utcTicks)
    {
        (long second, long rest) = Math.DivRem(utcTicks, TimeSpan.TicksPerSecond);
        if (second != _second)
        {
            _ = new DateTime(utcTicks, DateTimeKind.Utc).TryFormat(_text, out _, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            _second = second;
        }

        int milliseconds = (int)(rest / TimeSpan.TicksPerMillisecond);
        _text[20] = (byte)('0' + (milliseconds / 100));
        _text[21] = (byte)('0' + (milliseconds / 10 % 10));
        _text[22] = (byte)('0' + (milliseconds % 10));
        output.Append(_text);
    }
}
