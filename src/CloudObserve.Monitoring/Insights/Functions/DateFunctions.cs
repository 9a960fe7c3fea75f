using System.Globalization;
using System.Text;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Functions;

/// <summary>Contains the functions of points in time. Those with a period are bound with it.</summary>
internal static class DateFunctions
{
    internal static IEnumerable<ScalarFunction> All =>
    [
        new("fromMillis", 1, 1, static arguments =>
            arguments[0].TryGetNumber(out double time) ? LogValue.FromTime(time) : LogValue.Missing),
        new("toMillis", 1, 1, static arguments => LogTimes.TryGet(arguments[0], out double time) ? LogValue.From(time) : LogValue.Missing),
        new("parseDate", 2, 3, ParseDate),
        new("formatDate", 2, 3, FormatDate),
        new("strftime", 2, 3, FormatDate),
    ];

    private static LogValue ParseDate(LogValue[] arguments)
    {
        return arguments[0].AsText().ToText() is { } text && arguments[1].AsText().ToText() is { } pattern && Zone(arguments) is { } zone
            && DatePatterns.FromJava(pattern) is { } format
            && DateTimeOffset.TryParseExact(
                text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? LogValue.FromTime(LogTimes.Milliseconds(DatePatterns.HasZone(format) ? time.UtcDateTime : ToUtc(time.DateTime, zone)))
            : LogValue.Missing;
    }

    private static LogValue FormatDate(LogValue[] arguments)
    {
        if (!LogTimes.TryGet(arguments[0], out double milliseconds) || LogTimes.Moment(milliseconds) is not { } moment
            || arguments[1].AsText().ToText() is not { } pattern || Zone(arguments) is not { } zone)
        {
            return LogValue.Missing;
        }

        DateTimeOffset local = TimeZoneInfo.ConvertTime(new DateTimeOffset(moment, TimeSpan.Zero), zone);
        StringBuilder text = new();
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                _ = text.Append(pattern[i]);
            }
            else if (DatePatterns.Directive(local, pattern[++i]) is { } part)
            {
                _ = text.Append(part);
            }
            else
            {
                return LogValue.Missing;
            }
        }

        return LogValue.From(text.ToString());
    }

    // UTC without a third argument.
    private static TimeZoneInfo? Zone(LogValue[] arguments) => arguments.Length < 3 ? TimeZoneInfo.Utc
        : arguments[2].AsText().ToText() is { Length: > 0 } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone) ? zone
        : null;

    private static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        // A local time that a change of the clock skips is taken with the offset before the change.
        DateTime unspecified = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        TimeSpan offset = zone.IsInvalidTime(unspecified) ? zone.GetUtcOffset(unspecified.AddHours(-1)) : zone.GetUtcOffset(unspecified);
        return DateTime.SpecifyKind(unspecified - offset, DateTimeKind.Utc);
    }
}
