using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>Checks periods and rounds the start of a query, according to CloudWatch's rules.</summary>
internal static class PeriodRules
{
    private const long Minute = 60;
    private const long FiveMinutes = 300;
    private const long Hour = 3600;

    /// <summary>Checks a period and returns it in seconds.</summary>
    internal static long Check(TimeSpan period, string path)
    {
        long seconds = period.Ticks % TimeSpan.TicksPerSecond == 0 ? period.Ticks / TimeSpan.TicksPerSecond : 0;
        if (seconds < Minute)
        {
            return seconds is 1 or 5 or 10 or 20 or 30
                ? seconds : throw ErrorCodes.Invalid(path, "must be a value in the set [1, 5, 10, 20, 30]");
        }

        return seconds % Minute == 0 ? seconds : throw ErrorCodes.Invalid(path, "must be a multiple of 60");
    }

    /// <summary>Computes the windows of a query.</summary>
    /// <remarks>
    /// CloudWatch: the start is rounded down to a whole minute; to 5 minutes if more than 15 days ago; to the hour if more than 63 days
    /// ago; and to the period if that is less than a minute.
    /// </remarks>
    /// <returns>The windows, or <see langword="null"/> if the period is shorter than CloudWatch allows for a start that long ago.</returns>
    internal static WindowRange? Windows(DateTimeOffset start, DateTimeOffset end, long period, long now)
    {
        return Start(start.ToUnixTimeSeconds(), period, now) is { } first ? new WindowRange(first, Ceiling(end), period) : null;
    }

    /// <summary>Rounds a start down, in seconds since 1970.</summary>
    /// <returns>The start, or <see langword="null"/> if the period is shorter than CloudWatch allows for a start that long ago.</returns>
    internal static long? Start(long from, long period, long now) => Step(from, period, now) is { } step ? from - (from % step) : null;

    /// <summary>Computes the windows of a query like <see cref="Windows"/>, and rounds the end down like the start.</summary>
    /// <remarks>CloudWatch: GetMetricStatistics does this, so an end of 01:09:01 excludes 01:09.</remarks>
    internal static WindowRange? WholeWindows(DateTimeOffset start, DateTimeOffset end, long period, long now)
    {
        long from = start.ToUnixTimeSeconds();
        long to = end.ToUnixTimeSeconds();
        return Step(from, period, now) is { } step ? new WindowRange(from - (from % step), to - (to % step), period) : null;
    }

    // The unit that times are rounded to, or null if the period is too short.
    private static long? Step(long from, long period, long now)
    {
        long finest = FinestPeriod(now - from);
        if (finest > 1 && period % finest != 0)
        {
            return null;
        }

        return period < Minute ? period : Math.Max(Minute, finest);
    }

    private static long FinestPeriod(long age) => age switch
    {
        > Retention.FiveMinutes => Hour,
        > Retention.Minutes => FiveMinutes,
        > Retention.HighResolution => Minute,
        _ => 1,
    };

    // Datapoints are at whole seconds, so a datapoint is before the end if it is before the next whole second.
    private static long Ceiling(DateTimeOffset time)
    {
        long seconds = time.ToUnixTimeSeconds();
        return time.Ticks % TimeSpan.TicksPerSecond == 0 ? seconds : seconds + 1;
    }
}
