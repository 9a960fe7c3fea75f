using System.Globalization;
using System.Text;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Sources;

/// <summary>Finds the times of events in lines.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class LineTimes
{
    private const int ClfLength = 26;
    private const int MaxSearched = 256;

    private static readonly string[] CommonFields =
    [
        "@timestamp", "timestamp", "Timestamp", "time", "Time", "ts", "@t", "eventTime", "datetime", "date", "_aws.Timestamp",
    ];

    private readonly JsonFieldReader _reader;
    private readonly LogValue[] _values;
    private readonly string[] _names;
    private byte[]? _first;

    /// <param name="field">The field with the time; <see langword="null"/> to look for it.</param>
    internal LineTimes(string? field)
    {
        _names = field is null ? CommonFields : [field];
        _values = new LogValue[_names.Length];
        _reader = new JsonFieldReader(_names.Select(Escaped), Enumerable.Range(0, _names.Length));
    }

    /// <summary>Finds the time of a line.</summary>
    /// <param name="buffer">The buffer with the line.</param>
    /// <param name="start">The start of the line.</param>
    /// <param name="length">The length of the line.</param>
    /// <param name="milliseconds">The time in milliseconds since 1970.</param>
    internal bool TryFind(byte[] buffer, int start, int length, out double milliseconds)
    {
        ReadOnlySpan<byte> line = buffer.AsSpan(start, length);
        return line.StartsWith("{"u8)
            ? TryFirstMember(line, out milliseconds) || TryJson(buffer, start, length, out milliseconds)
            : TryText(line, out milliseconds);
    }

    /// <summary>Finds the time at the beginning of a line of text, which may stand in brackets, or that of an access log.</summary>
    internal static bool TryText(ReadOnlySpan<byte> line, out double milliseconds)
    {
        ReadOnlySpan<byte> text = line.StartsWith("["u8) ? line[1..] : line;
        if (IsoTime.TryParse(text, out milliseconds, out _))
        {
            return true;
        }

        int digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits is 10 or 13 && text[digits] == ' ')
        {
            return LogNumbers.TryParse(text[..digits], out double number) && TryEpoch(number, out milliseconds);
        }

        int bracket = line[..Math.Min(line.Length, MaxSearched)].IndexOf((byte)'[');
        Span<char> chars = stackalloc char[ClfLength];
        if (bracket >= 0 && line.Length > bracket + ClfLength
            && Encoding.ASCII.TryGetChars(line.Slice(bracket + 1, ClfLength), chars, out _)
            && DateTimeOffset.TryParseExact(
                chars, "dd'/'MMM'/'yyyy':'HH':'mm':'ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time))
        {
            milliseconds = time.ToUnixTimeMilliseconds();
            return true;
        }

        return false;
    }

    // A field of the log whose name begins with @ is called @@ by the reader.
    private static string Escaped(string name) =>
        name.StartsWith('@') && !name.StartsWith("@@", StringComparison.Ordinal) ? $"@{name}" : name;

    // Most logs have the time as the first member of each line, so that nothing else must be parsed.
    private bool TryFirstMember(ReadOnlySpan<byte> line, out double milliseconds)
    {
        milliseconds = 0;
        if (_first is null || !line.StartsWith(_first))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = line[_first.Length..];
        int end = rest.IndexOfAny((byte)'"', (byte)'\\');
        return end > 0 && rest[end] == '"' && LogTimes.TryParse(rest[..end], out milliseconds);
    }

    private bool TryJson(byte[] buffer, int start, int length, out double milliseconds)
    {
        milliseconds = 0;
        _reader.Read(buffer, start, length, _values);
        for (int i = 0; i < _values.Length; i++)
        {
            if (TryTime(_values[i], out milliseconds))
            {
                Learn(buffer.AsSpan(start, length), _names[i]);
                return true;
            }
        }

        return false;
    }

    private void Learn(ReadOnlySpan<byte> line, string name)
    {
        byte[] first = Encoding.UTF8.GetBytes($"{{\"{name}\":\"");
        // A common name of higher rank may stand behind it in other lines, so only the first name may be learned, or a chosen one.
        bool isFirstChoice = name == _names[0] || _names.Length == 1 || _values.Count(static value => !value.IsMissing) == 1;
        _first = isFirstChoice && line.StartsWith(first) ? first : _first;
    }

    private static bool TryTime(in LogValue value, out double milliseconds)
    {
        milliseconds = 0;
        return value.TryGetNumber(out double number)
            ? TryEpoch(number, out milliseconds)
            : value.Kind == LogValueKind.Text && LogTimes.TryParse(value.Utf8, out milliseconds);
    }

    // Seconds, milliseconds, microseconds or nanoseconds since 1970, by the size of the number.
    private static bool TryEpoch(double number, out double milliseconds)
    {
        double size = Math.Abs(number);
        milliseconds = Math.Floor(size >= 1e17 ? number / 1e6 : size >= 1e14 ? number / 1e3 : size >= 1e11 ? number : number * 1e3);
        return milliseconds is > 0 and <= LogTimes.MaxMilliseconds;
    }
}
