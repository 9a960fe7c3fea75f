namespace CloudObserve.Audit.Insights;

/// <summary>
/// Watches the rates of events and of errors, and tells when one is unusual, with CloudTrail Insights' meaning: each operation is compared with itself
/// over the seven days before. Without a day of them, or for what did not occur in them, nothing is unusual. A rate that falls is none either.
/// </summary>
/// <remarks>Feed it with <see cref="Learn"/> from the trail's history at the start, then with <see cref="Observe"/>, and call <see cref="Advance"/> each minute.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class InsightDetector(TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<InsightKey, RateSeries> _series = [];
    private readonly List<AuditInsight> _found = [];
    private DateTimeOffset _minute = Floor(time.GetUtcNow());
    private DateTimeOffset _knownSince = Floor(time.GetUtcNow());
    private bool _isLearning;

    // What has happened since is counted when it happens. Read from the history too, it would count twice.
    private readonly DateTimeOffset _learnsBefore = Floor(time.GetUtcNow());

    /// <summary>Gets how many events were not counted, because too many different ones are watched already.</summary>
    internal long Unwatched { get; private set; }

    /// <summary>Says nothing until <see cref="EndLearning"/>: against half of the history what is usual looks unusual.</summary>
    internal void BeginLearning() => SetLearning(true);

    /// <summary>Ends what <see cref="BeginLearning"/> began.</summary>
    internal void EndLearning() => SetLearning(false);

    /// <summary>Takes an event of the past, which is usual whatever it was.</summary>
    internal void Learn(in InsightSample sample)
    {
        lock (_gate)
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

    /// <summary>Takes an event that has just happened.</summary>
    internal void Observe(in InsightSample sample)
    {
        lock (_gate)
        {
            // By the clock, not by what the event says: a back-dated one is no reason to look at the past again.
            CloseMinutes(Floor(time.GetUtcNow()));
            ForEach(sample, static (series, sample, _) => series.Count(sample), _minute);
        }
    }

    /// <summary>Ends the minutes that are over.</summary>
    /// <returns>What has begun or ended since the last call.</returns>
    internal IReadOnlyList<AuditInsight> Advance()
    {
        lock (_gate)
        {
            CloseMinutes(Floor(time.GetUtcNow()));
            AuditInsight[] found = [.. _found];
            _found.Clear();
            return found;
        }
    }

    private static DateTimeOffset Floor(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private void ForEach(in InsightSample sample, Action<RateSeries, InsightSample, DateTimeOffset> action, DateTimeOffset minute)
    {
        if (sample.IsWrite && TryGet(new InsightKey(AuditInsightType.ApiCallRate, sample.EventSource, sample.EventName, null)) is { } calls)
        {
            action(calls, sample, minute);
        }

        if (sample.ErrorCode is { } code && TryGet(new InsightKey(AuditInsightType.ApiErrorRate, sample.EventSource, sample.EventName, code)) is { } errors)
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

    private void SetLearning(bool isLearning)
    {
        lock (_gate)
        {
            // Minutes that ended before are judged by what was known then.
            CloseMinutes(Floor(time.GetUtcNow()));
            _isLearning = isLearning;
        }
    }

    private void CloseMinutes(DateTimeOffset now)
    {
        // Without anything to count or to end a minute says nothing; after a long pause they are many.
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
