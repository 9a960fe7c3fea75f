namespace CloudObserve.Audit.Insights;

/// <summary>
/// Counts one operation, or one of its errors, by the minute, and determines when its rate begins and ceases to be unusual.
/// </summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class RateSeries(InsightKey key)
{
    // Each day a seventh of the counts is removed, in line with the history of seven days.
    private const double KeptADay = 6.0 / 7;

    private readonly RateBaseline _baseline = new();
    private readonly AttributeCounts _usual = new();
    private readonly AttributeCounts _minute = new();
    private readonly AttributeCounts _unusual = new();
    private int _count;
    private DateOnly _faded;
    private OpenInsight? _open;

    /// <summary>Gets whether the current minute must be evaluated.</summary>
    internal bool IsActive => _count > 0 || _open is not null;

    internal void Count(in InsightSample sample)
    {
        _count++;
        _minute.Add(sample);
    }

    /// <summary>Adds an event of the past to the history.</summary>
    internal void Learn(in InsightSample sample, DateTimeOffset minute)
    {
        _baseline.Add(minute, 1);
        _usual.Add(sample);
    }

    /// <summary>Evaluates a completed minute.</summary>
    /// <param name="minute">The beginning of the minute.</param>
    /// <param name="known">The duration of the known history.</param>
    /// <returns>The insight that begins or ends with this minute, or <see langword="null"/>.</returns>
    internal AuditInsight? Close(DateTimeOffset minute, TimeSpan known)
    {
        AuditInsight? insight = _open is null ? TryBegin(minute, known) : Continue(_open, minute);
        _baseline.Add(minute, _count);
        (_open?.Last == minute ? _unusual : _usual).AddAll(_minute);
        Fade(minute);
        _minute.Clear();
        _count = 0;
        return insight;
    }

    private AuditInsight? TryBegin(DateTimeOffset minute, TimeSpan known)
    {
        if (_count < InsightLimits.MinCount || known < InsightLimits.MinBaseline)
        {
            return null;
        }

        (long count, int peak) = _baseline.Before(minute);
        TimeSpan duration = known < InsightLimits.Baseline ? known : InsightLimits.Baseline;
        OpenInsight begun = new(Guid.NewGuid(), minute, count / duration.TotalMinutes, peak, duration);
        if (count == 0 || !begun.IsExceededBy(_count))
        {
            return null;
        }

        _open = begun;
        begun.Add(minute, _count);
        return Insight(begun, AuditInsightState.Start, minute, _count, _minute);
    }

    private AuditInsight? Continue(OpenInsight open, DateTimeOffset minute)
    {
        bool isUnusual = open.IsExceededBy(_count);
        open.Pending += _count;
        if (isUnusual)
        {
            open.Add(minute, 0);
        }

        bool isOver = minute - open.Last >= TimeSpan.FromMinutes(InsightLimits.QuietMinutes)
            || minute - open.Start >= InsightLimits.MaxDuration;
        if (!isOver)
        {
            return null;
        }

        _open = null;
        AuditInsight end =
            Insight(open, AuditInsightState.End, open.Last + TimeSpan.FromMinutes(1), open.Total / open.Duration.TotalMinutes, _unusual);
        _unusual.Clear();
        return end;
    }

    private AuditInsight Insight(OpenInsight open, AuditInsightState state, DateTimeOffset time, double average, AttributeCounts during) =>
        new(
        state,
        key.Type,
        key.EventSource,
        key.EventName,
        key.ErrorCode,
        open.Id,
        time,
        average,
        open.Mean,
        open.Duration,
        open.Baseline,
        [.. during.Over(open.Duration.TotalMinutes, isBaseline: false), .. _usual.Over(open.Baseline.TotalMinutes, isBaseline: true)]);

    private void Fade(DateTimeOffset minute)
    {
        DateOnly day = DateOnly.FromDateTime(minute.UtcDateTime);
        if (day > _faded)
        {
            _usual.Fade(_faded == default ? 1 : Math.Pow(KeptADay, day.DayNumber - _faded.DayNumber));
            _faded = day;
        }
    }
}
