using System.Globalization;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Where a page of GetMetricData ended.</summary>
/// <param name="Query">The index of the query to go on with.</param>
/// <param name="Time">The last time that was returned of it; <see langword="null"/> when none was.</param>
/// <param name="Unit">The last unit that was returned of that time.</param>
internal readonly record struct MetricDataCursor(int Query, long? Time, string Unit)
{
    internal static MetricDataCursor Parse(string? token, int queries)
    {
        if (token is null)
        {
            return new MetricDataCursor(0, null, "");
        }

        string[] parts = PageToken.Read(token, 3);
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int query) || query >= queries)
        {
            throw PageToken.Invalid();
        }

        if (parts[1].Length == 0)
        {
            return new MetricDataCursor(query, null, "");
        }

        return long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long time)
            ? new MetricDataCursor(query, time, parts[2])
            : throw PageToken.Invalid();
    }

    internal string ToToken() => PageToken.Write(string.Create(CultureInfo.InvariantCulture, $"{Query}:{Time}:{Unit}"));

    /// <summary>Tells whether a value comes after this place, in an order by time and, within a time, by unit.</summary>
    internal bool IsBefore(WindowValues window, ScanBy order)
    {
        if (Time is not { } time || window.Time == time)
        {
            return Time is null || string.CompareOrdinal(window.Unit, Unit) > 0;
        }

        return order == ScanBy.TimestampAscending ? window.Time > time : window.Time < time;
    }
}
