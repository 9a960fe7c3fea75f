namespace CloudObserve.Metrics.Aggregation;

/// <summary>Which period is open. Periods are aligned to the clock, as CloudWatch's are.</summary>
/// <threadsafety>Not safe for concurrent use; guarded by its owner.</threadsafety>
internal sealed class PeriodClock(StorageResolution resolution, DateTimeOffset now)
{
    /// <summary>Gets the start of the open period: the timestamp its samples are sent with.</summary>
    internal DateTimeOffset OpenStart { get; private set; } = Floor(now, resolution);

    /// <summary>Gets when the open period ends.</summary>
    internal DateTimeOffset OpenEnd => OpenStart.AddSeconds((int)resolution);

    /// <summary>
    /// Tells whether the open period has ended. A clock set back by less than a period leaves it open, so that its samples do not appear in a
    /// minute already sent; set back further, waiting for the clock to catch up would hold data back for as long, so a new period opens.
    /// </summary>
    internal bool IsOver(DateTimeOffset now) => now >= OpenEnd || now < OpenStart.AddSeconds(-(int)resolution);

    /// <summary>Opens the period that holds a time, if the open one has ended.</summary>
    /// <param name="now">The time.</param>
    /// <param name="closed">
    /// The start of the period that has ended. What was put since then belongs to it, also when the caller comes late. If the clock was set so that the
    /// service would refuse that time, it is the start of the new period: both send datums for it, which the service adds up.
    /// </param>
    internal bool TryAdvance(DateTimeOffset now, out DateTimeOffset closed)
    {
        closed = OpenStart;
        if (!IsOver(now))
        {
            return false;
        }

        OpenStart = Floor(now, resolution);

        // The clock was set. The samples were put just now, and with the time it showed then the service would refuse them.
        if (closed > OpenStart || closed <= now - MetricLimits.MaxAge)
        {
            closed = OpenStart;
        }

        return true;
    }

    internal static DateTimeOffset Floor(DateTimeOffset time, StorageResolution resolution)
    {
        long length = (int)resolution * TimeSpan.TicksPerSecond;
        return new DateTimeOffset(time.UtcTicks - (time.UtcTicks % length), TimeSpan.Zero);
    }
}
