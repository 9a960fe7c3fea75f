namespace CloudObserve.Audit.Insights;

/// <summary>What was usual: counts of the seven days before, by the hour, with each hour's busiest minute.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class RateBaseline
{
    // The hour that has begun is one more.
    private const int Hours = (7 * 24) + 1;

    private readonly (long Hour, int Count, int Peak)[] _hours = new (long, int, int)[Hours];
    private DateTimeOffset _minute;
    private int _inMinute;

    /// <summary>Adds to a minute. Several times for one minute is one minute, as long as no other comes between.</summary>
    internal void Add(DateTimeOffset minute, int count)
    {
        _inMinute = minute == _minute ? _inMinute + count : count;
        _minute = minute;
        long hour = HourOf(minute);
        ref (long Hour, int Count, int Peak) place = ref _hours[hour % Hours];
        if (place.Hour == hour)
        {
            place = (hour, place.Count + count, Math.Max(place.Peak, _inMinute));
        }
        else if (place.Hour < hour)
        {
            place = (hour, count, count);
        }
    }

    /// <summary>Gets how many there were in the seven days before a minute, and in the busiest minute of them.</summary>
    internal (long Count, int Peak) Before(DateTimeOffset minute)
    {
        long now = HourOf(minute);
        long count = 0;
        int peak = 0;
        foreach ((long hour, int inHour, int peakOfHour) in _hours)
        {
            if (inHour > 0 && hour <= now && hour > now - Hours)
            {
                count += inHour;
                peak = Math.Max(peak, peakOfHour);
            }
        }

        return (count, peak);
    }

    private static long HourOf(DateTimeOffset minute) => minute.UtcTicks / TimeSpan.TicksPerHour;
}
