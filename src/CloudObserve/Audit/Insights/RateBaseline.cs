namespace CloudObserve.Audit.Insights;

/// <summary>Holds the history of a rate: the counts of the seven days before by hour, with the busiest minute of each hour.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class RateBaseline
{
    // Plus the current hour.
    private const int Hours = (7 * 24) + 1;

    private readonly (long Hour, int Count, int Peak)[] _hours = new (long, int, int)[Hours];
    private DateTimeOffset _minute;
    private int _inMinute;

    /// <summary>Adds events to a minute.</summary>
    /// <remarks>Consecutive calls for one minute count as one minute.</remarks>
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

    /// <summary>Returns the number of events in the seven days before a minute, and the number in their busiest minute.</summary>
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
