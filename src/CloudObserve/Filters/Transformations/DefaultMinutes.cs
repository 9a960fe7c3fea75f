namespace CloudObserve.Filters.Transformations;

/// <summary>Reports a filter's default for each minute in which there were events and none matched.</summary>
/// <remarks>
/// Events of two threads may come in another order than that of their times, so at a minute's edge two minutes are open. A minute is closed once
/// the clock has passed it by <see cref="Grace"/>. An event that comes later still counts if it matches, but the default of its minute may have
/// been reported by then.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
/// <param name="report">Reports the default of the minute that begins at the first time; the second is the current one.</param>
internal sealed class DefaultMinutes(Action<DateTimeOffset, DateTimeOffset> report)
{
    /// <summary>How long after a minute's end an event of it is waited for: between taking its time and entering the buffer its thread may be held up.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // The newest minute that had events, and the newest before it that is still open.
    private OpenMinute? _newest;
    private OpenMinute? _earlier;

    /// <summary>Notes an event.</summary>
    internal void Saw(DateTimeOffset time, bool matched, DateTimeOffset now)
    {
        // A time ahead of the clock would close minutes that are not over.
        DateTimeOffset minute = Floor(time < now ? time : now);
        if (_newest is not { } newest)
        {
            _newest = new OpenMinute(minute, matched);
        }
        else if (minute == newest.Start)
        {
            _newest = newest with { Matched = newest.Matched || matched };
        }
        else if (minute > newest.Start)
        {
            Report(_earlier, now);
            (_earlier, _newest) = (newest, new OpenMinute(minute, matched));
        }
        else if (_earlier is { } earlier && minute == earlier.Start)
        {
            _earlier = earlier with { Matched = earlier.Matched || matched };
        }
    }

    /// <summary>Reports the minutes that are over.</summary>
    internal void Advance(DateTimeOffset now)
    {
        _earlier = ReportIfOver(_earlier, now);
        _newest = ReportIfOver(_newest, now);
    }

    /// <summary>Reports what is open, because there will be no more events.</summary>
    internal void Close(DateTimeOffset now)
    {
        Report(_earlier, now);
        Report(_newest, now);
        (_earlier, _newest) = (null, null);
    }

    private static DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Minute.Ticks), TimeSpan.Zero);

    private OpenMinute? ReportIfOver(OpenMinute? minute, DateTimeOffset now)
    {
        // A minute that lies ahead means that the clock was set back.
        if (minute is not { } open || (now < open.Start + Minute + Grace && now >= open.Start))
        {
            return minute;
        }

        Report(open, now);
        return null;
    }

    private void Report(OpenMinute? minute, DateTimeOffset now)
    {
        if (minute is { Matched: false } silent)
        {
            report(silent.Start, now);
        }
    }
}
