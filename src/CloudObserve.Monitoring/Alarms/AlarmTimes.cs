using System.Globalization;

namespace CloudObserve.Monitoring.Alarms;

/// <summary>Formats times as CloudWatch does in reasons and messages.</summary>
internal static class AlarmTimes
{
    /// <summary>Formats a time as in <c>2026-11-20T07:15:21.123+0000</c>.</summary>
    internal static string ToDocument(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture);

    /// <summary>Formats a time as in <c>20/11/26 07:14:00</c>.</summary>
    internal static string ToReason(DateTimeOffset time) => time.UtcDateTime.ToString("dd/MM/yy HH:mm:ss", CultureInfo.InvariantCulture);
}
