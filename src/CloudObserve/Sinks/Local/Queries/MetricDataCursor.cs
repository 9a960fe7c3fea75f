using System.Globalization;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Where a page of GetMetricData ended.</summary>
/// <param name="Query">The index of the query to go on with.</param>
/// <param name="Time">The last time that was returned of it; <see langword="null"/> when none was.</param>
internal readonly record struct MetricDataCursor(int Query, long? Time)
{
    internal static MetricDataCursor Parse(string? token, int queries)
    {
        if (token is null)
        {
            return default;
        }

        string[] parts = PageToken.TryRead(token, 2);
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int query) || query >= queries)
        {
            throw Invalid();
        }

        if (parts[1].Length == 0)
        {
            return new MetricDataCursor(query, null);
        }

        return long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long time)
            ? new MetricDataCursor(query, time)
            : throw Invalid();
    }

    internal string ToToken() => PageToken.Write(string.Create(CultureInfo.InvariantCulture, $"{Query}:{Time}"));

    /// <summary>Tells whether a value comes after this place, in an order by time.</summary>
    internal bool IsBefore(WindowValues window, ScanBy order) =>
        Time is not { } time || (order == ScanBy.TimestampAscending ? window.Time > time : window.Time < time);

    // CloudWatch says no more than the code.
    private static CloudWatchException Invalid() => new(ErrorCodes.InvalidNextToken, "");
}
