using CloudObserve.Local;
using CloudObserve.Pipeline.Storage;

namespace CloudObserve.Sinks.Local.Storage;

/// <summary>Stores all metrics of the embedded CloudWatch, within the limits of <see cref="LocalOptions"/>.</summary>
/// <remarks>
/// One lock guards everything. Writers are a few sender tasks with one batch each per flush, and readers are people and tests: contention
/// is rare, and with one lock a reader sees a batch completely or not at all. Parsing and checking happen before the lock is taken.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class MetricStore(LocalOptions options, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly StoredSeriesTable _table = new(options.MaxSeries, options.MaxBytes);
    private readonly Subscriptions<IngestedMetric> _subscriptions = new();

    // Guarded by the lock, as the table is.
    private RetentionClock _retention = new([], clock);

    /// <summary>Gets the time by which data expires.</summary>
    internal DateTimeOffset RetentionTime
    {
        get
        {
            // The lock is reentrant: the caller may hold it already.
            lock (_lock)
            {
                return _retention.Now;
            }
        }
    }

    /// <summary>Gets the current time for the age of data, in seconds since 1970.</summary>
    internal long Now => RetentionTime.ToUnixTimeSeconds();

    /// <summary>Adds all datums of a request in one step.</summary>
    internal void Apply(IReadOnlyList<Observation> observations, Arrival arrival)
    {
        Observation[] kept = [.. observations.Select(ToKept)];
        long now = arrival.RetentionTime.ToUnixTimeSeconds();
        lock (_lock)
        {
            foreach (Observation observation in kept)
            {
                _table.Add(observation, now);
            }
        }

        if (!arrival.IsReplay && _subscriptions.Any)
        {
            foreach (Observation observation in observations)
            {
                _subscriptions.Publish(new IngestedMetric(observation));
            }
        }
    }

    /// <summary>Adds a subscription to the metrics that are accepted from now on.</summary>
    internal Subscription<IngestedMetric> Subscribe(SubscriptionLimits limits, Predicate<IngestedMetric> matches) =>
        _subscriptions.Add(limits, matches, static _ => 0);

    /// <summary>Continues with the data of earlier processes.</summary>
    /// <param name="known">Moments at which they ran, in ascending order.</param>
    internal void Resume(IReadOnlyList<DateTimeOffset> known)
    {
        lock (_lock)
        {
            _retention = new RetentionClock(known, clock);
        }
    }

    /// <summary>Returns the matching metrics created after <paramref name="afterId"/>, in order of creation.</summary>
    internal List<ListedMetric> List(long afterId, long lastWriteSince, Predicate<MetricIdentity> matches)
    {
        List<ListedMetric> found;
        lock (_lock)
        {
            found =
            [
                .. _table.All
                    .Where(series => series.Id > afterId && series.LastWrite >= lastWriteSince && matches(series.Identity))
                    .Select(series => new ListedMetric(series.Id, series.Identity)),
            ];
        }

        found.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        return found;
    }

    /// <summary>Evaluates each window and unit of a metric.</summary>
    /// <param name="identity">The metric.</param>
    /// <param name="unit">The unit to read, or <see langword="null"/> to evaluate each unit separately.</param>
    /// <param name="range">The windows.</param>
    /// <param name="evaluate">Computes the values of a window. Runs under the lock and must not keep its argument.</param>
    /// <returns>The values by time, and by unit within the same time.</returns>
    internal List<WindowValues> Read(MetricIdentity identity, string? unit, WindowRange range, Func<Aggregate, double?[]> evaluate)
    {
        List<WindowValues> result = [];
        lock (_lock)
        {
            if (_table.TryGet(identity, Now, out StoredSeries? series))
            {
                foreach (UnitStream stream in series.Streams)
                {
                    WindowReader reader = new(stream, range);
                    while ((unit is null || stream.Unit == unit) && reader.TryRead(out long start, out Aggregate data))
                    {
                        result.Add(new WindowValues(start, stream.Unit, evaluate(data)));
                    }
                }
            }
        }

        // A stable sort: streams are in the order of their units, which is kept within the same time.
        return [.. result.OrderBy(window => window.Time)];
    }

    /// <summary>Evaluates each window of a metric. Allocates nothing itself.</summary>
    /// <param name="identity">The metric.</param>
    /// <param name="unit">The unit to read, or <see langword="null"/> for any. At each time, the first unit in ordinal order
    /// counts.</param>
    /// <param name="range">The windows.</param>
    /// <param name="evaluate">Computes the value of a window. Runs under the lock and must not keep its argument.</param>
    /// <param name="values">Receives the value of each window. A window without a value is left as it is, and must be NaN.</param>
    /// <param name="samples">Receives the number of samples of each value. It is empty or as long as
    /// <paramref name="values"/>.</param>
    /// <returns>The number of units that have a value.</returns>
    internal int Read(
        MetricIdentity identity, string? unit, WindowRange range, Func<Aggregate, double?> evaluate, Span<double> values,
        Span<double> samples)
    {
        int units = 0;
        lock (_lock)
        {
            if (!_table.TryGet(identity, Now, out StoredSeries? series))
            {
                return 0;
            }

            for (int i = 0; i < series.Streams.Count; i++)
            {
                UnitStream stream = series.Streams[i];
                units += (unit is null || stream.Unit == unit) && ReadUnit(stream, range, evaluate, values, samples) ? 1 : 0;
            }
        }

        return units;
    }

    /// <summary>Reads the counters of the table.</summary>
    internal T Inspect<T>(Func<StoredSeriesTable, T> read)
    {
        lock (_lock)
        {
            return read(_table);
        }
    }

    private static bool ReadUnit(
        UnitStream stream, WindowRange range, Func<Aggregate, double?> evaluate, Span<double> values, Span<double> samples)
    {
        bool hasValue = false;
        WindowReader reader = new(stream, range);
        while (reader.TryRead(out long start, out Aggregate data))
        {
            if (evaluate(data) is { } value)
            {
                hasValue = true;
                int index = (int)((start - range.Start) / range.Period);
                if (!double.IsNaN(values[index]))
                {
                    continue;
                }

                values[index] = value;
                if (!samples.IsEmpty)
                {
                    samples[index] = data.Count;
                }
            }
        }

        return hasValue;
    }

    private Observation ToKept(Observation observation) =>
        options.ExactPercentiles ? observation : observation with { Data = observation.Data.WithHistogram() };
}
