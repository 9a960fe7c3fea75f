using System.Text;

namespace CloudObserve.Monitoring.Insights.Values;

/// <summary>Represents a value of a field or of an expression.</summary>
/// <remarks>
/// Texts and structures are slices of UTF-8. A slice may point into a buffer that the reader of events uses again for the next event;
/// <see cref="Kept"/> copies it.
/// </remarks>
internal readonly struct LogValue
{
    // The struct in an array, and the header of the array of bytes.
    private const int FixedBytes = 56;

    private readonly byte[]? _bytes;
    private readonly double _number;
    private readonly int _start;
    private readonly int _length;
    private readonly bool _isOwned;

    private LogValue(LogValueKind kind, double number) => (Kind, _number) = (kind, number);

    private LogValue(LogValueKind kind, byte[] bytes, int start, int length, bool isOwned)
    {
        Kind = kind;
        (_bytes, _start, _length, _isOwned) = (bytes, start, length, isOwned);
    }

    /// <summary>Gets the value of a field that an event does not have.</summary>
    internal static LogValue Missing => default;

    internal LogValueKind Kind { get; }

    internal bool IsMissing => Kind == LogValueKind.Missing;

    internal bool IsStructure => Kind == LogValueKind.Structure;

    /// <summary>Gets the number of a boolean, a number or a time.</summary>
    internal double Number => _number;

    /// <summary>Gets the UTF-8 of a text or a structure.</summary>
    internal ReadOnlySpan<byte> Utf8 => _bytes.AsSpan(_start, _length);

    /// <summary>Gets the estimated memory of the value when it is kept.</summary>
    internal int Bytes => FixedBytes + _length;

    /// <summary>Gets whether the value counts as true: a number that is not 0, or the text <c>true</c>.</summary>
    internal bool IsTrue => Kind switch
    {
        LogValueKind.Missing or LogValueKind.Structure => false,
        LogValueKind.Text => LogNumbers.TryParse(Utf8, out double number) ? number != 0 : Ascii.EqualsIgnoreCase(Utf8, "true"u8),
        _ => _number != 0,
    };

    internal static LogValue From(bool value) => new(LogValueKind.Boolean, value ? 1 : 0);

    /// <summary>Creates a number. What is not finite is missing.</summary>
    internal static LogValue From(double value) => double.IsFinite(value) ? new(LogValueKind.Number, value) : Missing;

    internal static LogValue FromTime(double milliseconds) =>
        double.IsFinite(milliseconds) ? new(LogValueKind.Time, Math.Floor(milliseconds)) : Missing;

    internal static LogValue From(string text) => FromText(Encoding.UTF8.GetBytes(text));

    /// <summary>Creates a text of bytes that nothing changes.</summary>
    internal static LogValue FromText(byte[] utf8) => new(LogValueKind.Text, utf8, 0, utf8.Length, isOwned: true);

    /// <summary>Creates a text of a part of a buffer, which may be used again later.</summary>
    internal static LogValue FromText(byte[] buffer, int start, int length) =>
        new(LogValueKind.Text, buffer, start, length, isOwned: false);

    /// <summary>Creates a map or a list of bytes that nothing changes.</summary>
    internal static LogValue FromStructure(byte[] json) => new(LogValueKind.Structure, json, 0, json.Length, isOwned: true);

    /// <summary>Creates a map or a list of a part of a buffer, which may be used again later.</summary>
    internal static LogValue FromStructure(byte[] buffer, int start, int length) =>
        new(LogValueKind.Structure, buffer, start, length, isOwned: false);

    /// <summary>Returns the value with bytes of its own.</summary>
    internal LogValue Kept() => _bytes is null || _isOwned ? this : new LogValue(Kind, Utf8.ToArray(), 0, _length, isOwned: true);

    /// <summary>Gets a part of a text.</summary>
    internal LogValue Slice(int start, int length) => new(LogValueKind.Text, _bytes!, _start + start, length, _isOwned);

    /// <summary>Gets the number that the value is or that its text is.</summary>
    internal bool TryGetNumber(out double number)
    {
        switch (Kind)
        {
            case LogValueKind.Boolean or LogValueKind.Number or LogValueKind.Time:
                number = _number;
                return true;
            case LogValueKind.Text:
                return LogNumbers.TryParse(Utf8, out number);
            default:
                number = 0;
                return false;
        }
    }

    /// <summary>Gets the number for aggregates and arithmetic, where the time is its milliseconds.</summary>
    internal LogValue AsNumber() => TryGetNumber(out double number) ? From(number) : Missing;

    /// <summary>Gets the text as it is printed.</summary>
    /// <returns><see langword="null"/> if the value is missing.</returns>
    internal string? ToText() => Kind switch
    {
        LogValueKind.Missing => null,
        LogValueKind.Boolean => _number == 0 ? "0" : "1",
        LogValueKind.Number => LogNumbers.Format(_number),
        LogValueKind.Time => LogTimes.Format(_number),
        _ => Encoding.UTF8.GetString(Utf8),
    };

    /// <summary>Gets the text as UTF-8; the bytes of a slice are not copied.</summary>
    internal ReadOnlySpan<byte> ToUtf8() => Kind switch
    {
        LogValueKind.Text or LogValueKind.Structure => Utf8,
        LogValueKind.Missing => default,
        _ => Encoding.UTF8.GetBytes(ToText()!),
    };

    /// <summary>Gets the value as a text; numbers become their digits.</summary>
    internal LogValue AsText() => Kind is LogValueKind.Text or LogValueKind.Missing ? this
        : IsStructure ? Missing
        : From(ToText()!);
}
