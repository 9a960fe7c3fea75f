namespace CloudObserve.Monitoring.Expressions.Queries;

/// <summary>Represents the time range of a request.</summary>
/// <param name="Start">The start, inclusive.</param>
/// <param name="End">The end, exclusive.</param>
/// <param name="Now">The time of the request.</param>
internal readonly record struct QueryRange(DateTimeOffset Start, DateTimeOffset End, DateTimeOffset Now)
{
    private const long Minute = 60;
    private const long FiveMinutes = 300;
    private const long Hour = 3600;
    private const long HighResolutionAge = 3 * Hour;
    private const long MinuteAge = 15 * 24 * Hour;
    private const long FiveMinutesAge = 63 * 24 * Hour;

    /// <summary>Returns the periods of a query.</summary>
    /// <remarks>
    /// CloudWatch: the start is rounded down to a whole minute; to 5 minutes if more than 15 days ago; to the hour if more than 63 days
    /// ago; and to the period if that is less than a minute. A period that is too short for such an age has no data.
    /// </remarks>
    /// <exception cref="MathException">There are more periods than an evaluation may have.</exception>
    internal TimeGrid GridOf(long period)
    {
        long from = Start.ToUnixTimeSeconds();
        long finest = FinestPeriod(Now.ToUnixTimeSeconds() - from);
        long step = period < Minute ? period : Math.Max(Minute, finest);
        long start = from - Modulo(from, step);
        if (finest > 1 && period % finest != 0)
        {
            return new TimeGrid(start, period, 0);
        }

        long count = (long)Math.Ceiling(((End - DateTimeOffset.UnixEpoch).TotalSeconds - start) / period);
        return count <= MathBudget.MaxPoints ? new TimeGrid(start, period, (int)Math.Max(0, count)) : throw MathBudget.Exceeded();
    }

    /// <summary>Returns the earliest start at which a period has data, in seconds since 1970-01-01 UTC.</summary>
    /// <remarks>It is a minute late, because the clock goes on before the data is read.</remarks>
    internal long EarliestStart(long period)
    {
        long age = period < Minute ? HighResolutionAge : period % FiveMinutes != 0 ? MinuteAge : period % Hour != 0
            ? FiveMinutesAge : long.MaxValue;
        return age == long.MaxValue ? long.MinValue : Now.ToUnixTimeSeconds() - age + Minute;
    }

    private static long FinestPeriod(long age) => age switch
    {
        > FiveMinutesAge => Hour,
        > MinuteAge => FiveMinutes,
        > HighResolutionAge => Minute,
        _ => 1,
    };

    private static long Modulo(long value, long divisor) => ((value % divisor) + divisor) % divisor;
}
