using System.Globalization;
using CloudObserve.Local;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>The position at which a page of GetMetricData ended.</summary>
/// <param name="Query">The index of the query to continue with.</param>
/// <param name="Time">The last returned time of that query, or <see langword="null"/> if none was returned.</param>
internal readonly record struct MetricDataCursor(int Query, long? Time)
{
    internal static MetricDataCursor Parse(string? token, int queries)
    {
        if (token is null)
        {
            return default;
        }

        string[] parts = PageToken.TryRead(token, 2);
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int query)
            || query >= queries)
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

    /// <summary>Determines whether a value comes after this position in the given order.</summary>
    internal bool IsBefore(WindowValues window, ScanBy order) =>
        Time is not { } time || (order == ScanBy.TimestampAscending ? window.Time > time : window.Time < time);

    // CloudWatch returns only the code, without a message.
    private static CloudWatchException Invalid() => new(ErrorCodes.InvalidNextToken, "");
}
