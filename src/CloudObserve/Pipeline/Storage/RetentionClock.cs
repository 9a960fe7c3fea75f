namespace CloudObserve.Pipeline.Storage;

/// <summary>
/// Tells the time by which stored data expires. The system's clock alone may be wrong, and what was removed because of it is gone. So a time that lies
/// more than a day ahead of what the store knows counts only after the store has lived under it for a day.
/// </summary>
/// <remarks>
/// The store knows moments of earlier processes, such as the ends of an audit trail's digests, and how much time has passed since this process started.
/// A clock that is set back is followed at once: that only keeps data longer.
/// </remarks>
/// <threadsafety>Not safe for concurrent use: each store asks under its own lock, or from one thread.</threadsafety>
internal sealed class RetentionClock
{
    private static readonly TimeSpan Trial = TimeSpan.FromDays(1);

    // Clocks are corrected while a process runs, and do not stop while it is suspended.
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    private readonly TimeProvider _time;
    private DateTimeOffset _wall;
    private long _timestamp;

    // The last time that is beyond doubt, and for how long the store has lived under another one since.
    private DateTimeOffset _sure;
    private TimeSpan _lived;
    private bool _isOnTrial;

    /// <param name="known">Moments at which earlier processes ran, in order; none where nothing outlives a process.</param>
    /// <param name="time">The clock.</param>
    internal RetentionClock(IEnumerable<DateTimeOffset> known, TimeProvider time)
    {
        _time = time;
        _wall = time.GetUtcNow();
        _timestamp = time.GetTimestamp();
        DateTimeOffset? before = null;
        DateTimeOffset since = _wall;
        foreach (DateTimeOffset end in known.Append(_wall))
        {
            if (before is { } last && end - last > Trial)
            {
                _sure = _isOnTrial ? _sure + (last - since) : last;
                since = end;
                _isOnTrial = true;
            }

            _isOnTrial &= end - since < Trial;
            before = before > end ? before : end;
        }

        _lived = _isOnTrial && before > since ? before.Value - since : TimeSpan.Zero;
    }

    /// <summary>Gets the time: the system's, or an earlier one as long as that is in doubt. To be asked often: between two calls a jump of the clock is noticed.</summary>
    internal DateTimeOffset Now
    {
        get
        {
            DateTimeOffset wall = _time.GetUtcNow();
            long timestamp = _time.GetTimestamp();
            TimeSpan passed = _time.GetElapsedTime(_timestamp, timestamp);
            if (wall - _wall > passed + Tolerance)
            {
                _sure = (_isOnTrial ? _sure + _lived : _wall) + passed;
                _lived = TimeSpan.Zero;
                _isOnTrial = true;
            }
            else
            {
                _lived += passed;

                // Either the new time has been lived under for a day, or the clock was put right.
                _isOnTrial &= _lived < Trial && wall > _sure + _lived + Tolerance;
            }

            (_wall, _timestamp) = (wall, timestamp);
            return _isOnTrial ? _sure + _lived : wall;
        }
    }
}
