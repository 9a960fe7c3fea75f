using System.Globalization;

namespace CloudObserve.Monitoring.Insights.Values;

/// <summary>Reads and writes points in time.</summary>
internal static class LogTimes
{
    internal const double MinMilliseconds = -62135596800000;
    internal const double MaxMilliseconds = 253402300799999;

    /// <summary>Writes a time as CloudWatch Logs Insights does, in UTC without a zone.</summary>
    internal static string Format(double milliseconds) => Moment(milliseconds) is { } moment
        ? moment.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)
        : LogNumbers.Format(milliseconds);

    /// <summary>Gets the point in time of milliseconds since 1970.</summary>
    /// <returns><see langword="null"/> outside the years 1 to 9999.</returns>
    internal static DateTime? Moment(double milliseconds) => milliseconds is >= MinMilliseconds and <= MaxMilliseconds
        ? DateTime.UnixEpoch.AddTicks((long)milliseconds * TimeSpan.TicksPerMillisecond)
        : null;

    internal static double Milliseconds(DateTime utc) =>
        Math.Floor((utc - DateTime.UnixEpoch).Ticks / (double)TimeSpan.TicksPerMillisecond);

    /// <summary>Reads an ISO 8601 time. A time without a zone is UTC.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> text, out double milliseconds) =>
        IsoTime.TryParse(text, out milliseconds, out int length) && length == text.Length;

    /// <summary>Gets the time that a value is: a time, milliseconds, or an ISO 8601 text.</summary>
    internal static bool TryGet(LogValue value, out double milliseconds) => value.Kind switch
    {
        LogValueKind.Text => value.TryGetNumber(out milliseconds) || TryParse(value.Utf8, out milliseconds),
        _ => value.TryGetNumber(out milliseconds),
    };
}
