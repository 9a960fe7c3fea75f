using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Queries;

/// <summary>CloudWatch's rules for periods, and for rounding the start of a query.</summary>
internal static class PeriodRules
{
    private const long Minute = 60;
    private const long FiveMinutes = 300;
    private const long Hour = 3600;

    /// <summary>Checks a period and gets it in seconds.</summary>
    internal static long Check(TimeSpan period, string path)
    {
        long seconds = period.Ticks % TimeSpan.TicksPerSecond == 0 ? period.Ticks / TimeSpan.TicksPerSecond : 0;
        if (seconds < Minute)
        {
            return seconds is 1 or 5 or 10 or 20 or 30 ? seconds : throw ErrorCodes.Invalid(path, "must be a value in the set [1, 5, 10, 20, 30]");
        }

        return seconds % Minute == 0 ? seconds : throw ErrorCodes.Invalid(path, "must be a multiple of 60");
    }

    /// <summary>
    /// Lays the windows of a query. CloudWatch: the start is rounded down to a whole minute, to 5 minutes when more than 15 days ago, to the
    /// hour when more than 63 days ago, and to the period when that is less than a minute.
    /// </summary>
    /// <returns>The windows; <see langword="null"/> when the period is finer than what CloudWatch answers for a start so long ago.</returns>
    internal static WindowRange? Windows(DateTimeOffset start, DateTimeOffset end, long period, long now)
    {
        long from = start.ToUnixTimeSeconds();
        return Step(from, period, now) is { } step ? new WindowRange(from - (from % step), Ceiling(end), period) : null;
    }

    /// <summary>Lays the windows of a query as <see cref="Windows"/> does, and rounds its end down as its start. CloudWatch: GetMetricStatistics does, so that an end of 01:09:01 leaves out 01:09.</summary>
    internal static WindowRange? WholeWindows(DateTimeOffset start, DateTimeOffset end, long period, long now)
    {
        long from = start.ToUnixTimeSeconds();
        long to = end.ToUnixTimeSeconds();
        return Step(from, period, now) is { } step ? new WindowRange(from - (from % step), to - (to % step), period) : null;
    }

    // What times are rounded to; null when the period is too fine.
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

    // Datapoints stand at whole seconds, so being before the end is being before the next whole second.
    private static long Ceiling(DateTimeOffset time)
    {
        long seconds = time.ToUnixTimeSeconds();
        return time.Ticks % TimeSpan.TicksPerSecond == 0 ? seconds : seconds + 1;
    }
}
