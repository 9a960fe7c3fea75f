using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Language;

/// <summary>Represents a period of time, such as <c>5m</c> or <c>2mo</c>.</summary>
/// <param name="Count">The number of units.</param>
/// <param name="Unit">The short name of the unit.</param>
internal readonly record struct QueryPeriod(int Count, string Unit)
{
    private const double Second = 1_000;
    private const double Day = 86_400 * Second;

    // 1970-01-05 was a Monday.
    private const double FirstMonday = 4 * Day;

    private static readonly Dictionary<string, string> ShortNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ms"] = "ms",
        ["msec"] = "ms",
        ["msecs"] = "ms",
        ["millisecond"] = "ms",
        ["milliseconds"] = "ms",
        ["s"] = "s",
        ["sec"] = "s",
        ["secs"] = "s",
        ["second"] = "s",
        ["seconds"] = "s",
        ["m"] = "m",
        ["min"] = "m",
        ["mins"] = "m",
        ["minute"] = "m",
        ["minutes"] = "m",
        ["h"] = "h",
        ["hr"] = "h",
        ["hrs"] = "h",
        ["hour"] = "h",
        ["hours"] = "h",
        ["d"] = "d",
        ["day"] = "d",
        ["days"] = "d",
        ["w"] = "w",
        ["week"] = "w",
        ["weeks"] = "w",
        ["mo"] = "mo",
        ["mon"] = "mo",
        ["month"] = "mo",
        ["months"] = "mo",
        ["q"] = "q",
        ["qtr"] = "q",
        ["quarter"] = "q",
        ["quarters"] = "q",
        ["y"] = "y",
        ["yr"] = "y",
        ["yrs"] = "y",
        ["year"] = "y",
        ["years"] = "y",
    };

    /// <summary>Gets the length of a period; that of a month, a quarter or a year is an average.</summary>
    internal double Milliseconds => Count * Unit switch
    {
        "ms" => 1,
        "s" => Second,
        "m" => 60 * Second,
        "h" => 3_600 * Second,
        "d" => Day,
        "w" => 7 * Day,
        _ => Months / (double)Count * 365.25 / 12 * Day,
    };

    // The months of a calendar period; 0 of one that has always the same length.
    private int Months => Unit switch
    {
        "mo" => Count,
        "q" => 3 * Count,
        "y" => 12 * Count,
        _ => 0,
    };

    /// <summary>Creates a period. The service cuts the number of milliseconds to 1000, of seconds and minutes to 60, of hours to
    /// 24.</summary>
    /// <returns><see langword="null"/> if the unit is unknown or the number is not positive.</returns>
    internal static QueryPeriod? Create(double count, string unit)
    {
        if (count is not (>= 1 and <= 1_000_000) || count != Math.Floor(count) || !ShortNames.TryGetValue(unit, out string? name))
        {
            return null;
        }

        int most = name switch
        {
            "ms" => 1_000,
            "s" or "m" => 60,
            "h" => 24,
            _ => 10_000,
        };
        return new QueryPeriod((int)Math.Min(count, most), name);
    }

    /// <summary>Gets the start of the period in which a time lies.</summary>
    internal double Floor(double milliseconds)
    {
        if (Months > 0)
        {
            return LogTimes.Moment(milliseconds) is { } moment ? StartOfMonth(MonthsOf(moment)) : double.NaN;
        }

        double origin = Unit == "w" ? FirstMonday : 0;
        return origin + (Math.Floor((milliseconds - origin) / Milliseconds) * Milliseconds);
    }

    /// <summary>Gets the end of the period in which a time lies; the time itself if it is the start of a period.</summary>
    internal double Ceiling(double milliseconds) => Floor(milliseconds) is var start && start == milliseconds ? start : Next(start);

    /// <summary>Gets the start of the period after the one that starts at a time.</summary>
    internal double Next(double start) => Months == 0 ? start + Milliseconds
        : LogTimes.Moment(start) is { } moment ? StartOfMonth(MonthsOf(moment) + Months)
        : double.NaN;

    // From the start of 1970, so that the periods of several months begin there.
    private int MonthsOf(DateTime moment)
    {
        int months = ((moment.Year - 1970) * 12) + moment.Month - 1;
        return (int)Math.Floor(months / (double)Months) * Months;
    }

    private static double StartOfMonth(int months)
    {
        int year = 1970 + (int)Math.Floor(months / 12.0);
        return year is < 1 or > 9999
            ? double.NaN
            : LogTimes.Milliseconds(new DateTime(year, months - ((year - 1970) * 12) + 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }
}
