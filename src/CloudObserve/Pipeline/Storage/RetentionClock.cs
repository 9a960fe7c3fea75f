namespace CloudObserve.Pipeline.Storage;

/// <summary>Provides the time by which stored data expires.</summary>
/// <remarks>
/// <para>The system clock may be wrong, and data removed because of a wrong clock cannot be restored. A time that is more than a day later
/// than expected is therefore used only after the store has run with it for a day.</para>
/// <para>The expected time is computed from moments recorded by earlier processes, such as the ends of an audit trail's digests, and from
/// the time elapsed since this process started. A clock that is set back is followed at once, because that only keeps data longer.</para>
/// </remarks>
/// <threadsafety>Not safe for concurrent use: each store calls it under its own lock, or from one thread.</threadsafety>
internal sealed class RetentionClock
{
    private static readonly TimeSpan Trial = TimeSpan.FromDays(1);

    // Clocks are corrected while a process runs, and continue while it is suspended.
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    private readonly TimeProvider _time;
    private DateTimeOffset _wall;
    private long _timestamp;

    // The last time that is certain, and how long the store has run since with a time in doubt.
    private DateTimeOffset _sure;
    private TimeSpan _lived;
    private bool _isOnTrial;

    /// <param name="known">Moments at which earlier processes ran, in ascending order; empty if nothing outlives a process.</param>
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

    /// <summary>Gets the time: the system's, or an earlier one while the system's time is in doubt.</summary>
    /// <remarks>Read it often: a jump of the clock is detected between two reads.</remarks>
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

                // The trial ends when the store has run with the new time for a day, or when the clock was corrected.
                _isOnTrial &= _lived < Trial && wall > _sure + _lived + Tolerance;
            }

            (_wall, _timestamp) = (wall, timestamp);
            return _isOnTrial ? _sure + _lived : wall;
        }
    }
}
