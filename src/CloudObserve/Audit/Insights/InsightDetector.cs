using CloudObserve.Diagnostics;

namespace CloudObserve.Audit.Insights;

/// <summary>Detects unusual rates of events and errors, as CloudTrail Insights does.</summary>
/// <remarks>
/// <para>
/// Each operation is compared with its own rate in the seven days before. With less than a day of history, or without the operation in it,
/// no rate is unusual. A falling rate is never unusual.
/// </para>
/// <para>
/// Call <see cref="Learn"/> with the trail's history at the start, then <see cref="Observe"/> for each event, and <see cref="Advance"/>
/// every minute.
/// </para>
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class InsightDetector(TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<InsightKey, RateSeries> _series = [];
    private readonly List<AuditInsight> _found = [];
    private DateTimeOffset _minute = Floor(time.GetUtcNow());
    private DateTimeOffset _knownSince = Floor(time.GetUtcNow());
    private bool _isLearning;

    // The time of the detector, and the elapsed time at which it was read. Both are guarded by the lock.
    private DateTimeOffset _now = time.GetUtcNow();
    private TimeSpan _passed = time.GetPassedTime();

    // Later events are counted by Observe. Reading them from the history too would count them twice.
    private readonly DateTimeOffset _learnsBefore = Floor(time.GetUtcNow());

    /// <summary>Gets the number of events that were not counted because too many different operations are watched.</summary>
    internal long Unwatched { get; private set; }

    /// <summary>Suppresses results until <see cref="EndLearning"/>.</summary>
    /// <remarks>Compared with an incomplete history, usual rates would look unusual.</remarks>
    internal void BeginLearning() => SetLearning(true);

    /// <summary>Ends what <see cref="BeginLearning"/> began.</summary>
    internal void EndLearning() => SetLearning(false);

    /// <summary>Adds an event of the past to the history.</summary>
    internal void Learn(in InsightSample sample)
    {
        lock (_lock)
        {
            DateTimeOffset minute = Floor(sample.Time);
            if (minute >= _learnsBefore || minute < _learnsBefore - InsightLimits.Baseline)
            {
                return;
            }

            _knownSince = minute < _knownSince ? minute : _knownSince;
            ForEach(sample, static (series, sample, minute) => series.Learn(sample, minute), minute);
        }
    }

    /// <summary>Counts an event that has just happened.</summary>
    internal void Observe(in InsightSample sample)
    {
        lock (_lock)
        {
            // By the clock and not by the event's time, so that a back-dated event does not evaluate past minutes again.
            CloseMinutes(Floor(Now_NeedsLock()));
            ForEach(sample, static (series, sample, _) => series.Count(sample), _minute);
        }
    }

    /// <summary>Evaluates the completed minutes.</summary>
    /// <returns>The insights that have begun or ended since the last call.</returns>
    internal IReadOnlyList<AuditInsight> Advance()
    {
        lock (_lock)
        {
            CloseMinutes(Floor(Now_NeedsLock()));
            AuditInsight[] found = [.. _found];
            _found.Clear();
            return found;
        }
    }

    private static DateTimeOffset Floor(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private void ForEach(in InsightSample sample, Action<RateSeries, InsightSample, DateTimeOffset> action, DateTimeOffset minute)
    {
        if (sample.IsWrite && TryGet(new InsightKey(AuditInsightType.ApiCallRate, sample.EventSource, sample.EventName, null)) is { } calls)
        {
            action(calls, sample, minute);
        }

        if (sample.ErrorCode is { } code
            && TryGet(new InsightKey(AuditInsightType.ApiErrorRate, sample.EventSource, sample.EventName, code)) is { } errors)
        {
            action(errors, sample, minute);
        }
    }

    private RateSeries? TryGet(InsightKey key)
    {
        if (_series.TryGetValue(key, out RateSeries? series))
        {
            return series;
        }

        if (_series.Count == InsightLimits.MaxSeries)
        {
            Unwatched++;
            return null;
        }

        return _series[key] = new RateSeries(key);
    }

    // If the clock is set back, the time goes on with the elapsed time. Otherwise the open minute would last until the clock catches up,
    // and its count would look like an unusual rate.
    private DateTimeOffset Now_NeedsLock()
    {
        TimeSpan passed = time.GetPassedTime();
        DateTimeOffset elapsed = _now + (passed - _passed);
        DateTimeOffset shown = time.GetUtcNow();
        (_now, _passed) = (shown > elapsed ? shown : elapsed, passed);
        return _now;
    }

    private void SetLearning(bool isLearning)
    {
        lock (_lock)
        {
            // Earlier minutes are evaluated with the history known before this change.
            CloseMinutes(Floor(Now_NeedsLock()));
            _isLearning = isLearning;
        }
    }

    private void CloseMinutes(DateTimeOffset now)
    {
        // A minute without events and without an open insight has no result. After a long pause there are many such minutes.
        while (_minute < now)
        {
            RateSeries[] active = [.. _series.Values.Where(static series => series.IsActive)];
            if (active.Length == 0)
            {
                _minute = now;
                return;
            }

            foreach (RateSeries series in active)
            {
                if (series.Close(_minute, _isLearning ? TimeSpan.Zero : _minute - _knownSince) is { } insight)
                {
                    _found.Add(insight);
                }
            }

            _minute += Minute;
        }
    }
}
