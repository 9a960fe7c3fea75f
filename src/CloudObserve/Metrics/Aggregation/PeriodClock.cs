using CloudObserve.Contracts;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>Tracks the open period. Periods are aligned to the clock, as in CloudWatch.</summary>
/// <threadsafety>Not safe for concurrent use; guarded by its owner.</threadsafety>
internal sealed class PeriodClock(StorageResolution resolution, DateTimeOffset now)
{
    /// <summary>Gets the start of the open period, which is the timestamp of its samples.</summary>
    internal DateTimeOffset OpenStart { get; private set; } = Floor(now, resolution);

    /// <summary>Gets the end of the open period.</summary>
    internal DateTimeOffset OpenEnd => OpenStart.AddSeconds((int)resolution);

    /// <summary>Determines whether the open period has ended.</summary>
    /// <remarks>
    /// A clock set back by less than one period leaves the period open, so that its samples do not appear in a minute that was already
    /// sent. A clock set back further opens a new period; otherwise data would be held back until the clock caught up.
    /// </remarks>
    internal bool IsOver(DateTimeOffset now) => now >= OpenEnd || now < OpenStart.AddSeconds(-(int)resolution);

    /// <summary>Opens the period that contains a time, if the open period has ended.</summary>
    /// <param name="now">The time.</param>
    /// <param name="closed">
    /// The start of the period that ended. All samples added since then belong to it, even if the caller is late. If the clock was changed
    /// so that the service would refuse that time, it is the start of the new period; both periods then send datums for it, which the
    /// service adds up.
    /// </param>
    internal bool TryAdvance(DateTimeOffset now, out DateTimeOffset closed)
    {
        closed = OpenStart;
        if (!IsOver(now))
        {
            return false;
        }

        OpenStart = Floor(now, resolution);

        // The clock was changed. The samples are recent, and the service would refuse them with the time the clock showed then.
        if (closed > OpenStart || closed <= now - ServiceLimits.MaxAge)
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
