using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>Holds every live series, within the cardinality budget, and finds it by the key that callers use.</summary>
/// <remarks>
/// A known series is found without a lock. So is the <c>(other)</c> series of a metric whose budget is used up: new dimension values over
/// the budget are never stored, so they cannot make the look-up slow. Only a new series takes the lock.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class SeriesRegistry
{
    /// <summary>
    /// The maximum number of <c>(other)</c> series: one for each metric and set of dimension names that is over the budget.
    /// </summary>
    internal const int MaxOtherSeries = 1_000;

    private readonly SeriesFactory _factory;
    private readonly RollUpNames _rollUpNames;
    private readonly int _maxSeries;
    private readonly int _maxSeriesPerMetric;
    private readonly TimeProvider _time;

    // Holds only series that the table holds too.
    private readonly SeriesCache _cache = new();
    private readonly SeriesTable _byKey = new(withValues: true);
    private readonly SeriesTable _others = new(withValues: false);
    private readonly Lock _lock = new();

    // All fields below are guarded by the lock.
    private readonly Dictionary<SeriesIdentity, SeriesState> _byIdentity = [];
    private readonly Dictionary<string, int> _perMetric = new(StringComparer.Ordinal);
    private readonly HashSet<SeriesState> _unfolded = [];
    private long _releasedTotal;
    private bool _closed;

    internal SeriesRegistry(MetricsOptions options, TimeProvider time)
    {
        _factory = new SeriesFactory(options);
        _rollUpNames = new RollUpNames(options);
        _maxSeries = options.MaxSeries;
        _maxSeriesPerMetric = options.MaxSeriesPerMetric;
        _time = time;
    }

    /// <summary>Gets the number of samples that all series have ever taken, including released series.</summary>
    internal long Total
    {
        get
        {
            lock (_lock)
            {
                return _releasedTotal + _byIdentity.Values.Sum(s => s.Total);
            }
        }
    }

    /// <summary>Gets the number of live series.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _byIdentity.Count;
            }
        }
    }

    /// <summary>Finds most of the known series by the fastest way. Takes no lock and allocates nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SeriesState? FindAtOnce(string @namespace, string name, MetricUnit unit, ReadOnlySpan<MetricDimension> dimensions) =>
        _cache.Find(@namespace, name, unit, dimensions);

    /// <summary>Finds a known series. Takes no lock and allocates nothing.</summary>
    internal SeriesState? Find(in SeriesProbe probe) => _byKey.Find(probe);

    /// <summary>Finds or creates a series.</summary>
    /// <param name="probe">The series as the caller names it.</param>
    /// <param name="refusal">The reason why no series is returned, if the result is <see langword="null"/>.</param>
    /// <param name="folded">Whether this call was the first to fold the metric into its <c>(other)</c> series.</param>
    internal SeriesState? Resolve(in SeriesProbe probe, out Refusal refusal, out bool folded)
    {
        folded = false;
        if (Find(probe) is { } known)
        {
            refusal = default;
            return known;
        }

        if (_factory.Check(probe) is { } broken)
        {
            refusal = broken;
            return null;
        }

        if (_others.Find(probe) is { } other)
        {
            refusal = default;
            return other;
        }

        lock (_lock)
        {
            return Add_NeedsLock(probe, out refusal, out folded);
        }
    }

    /// <summary>Finds or creates the series of a complete identity, to which no configuration is added.</summary>
    /// <param name="identity">The series. The caller has checked it against CloudWatch's rules.</param>
    /// <param name="folded">Whether the budget is used up, so that the result is the <c>(other)</c> series.</param>
    /// <returns>The series, or <see langword="null"/> if the registry is closed.</returns>
    internal SeriesState? ResolveExact(SeriesIdentity identity, out bool folded)
    {
        folded = false;
        lock (_lock)
        {
            if (_closed)
            {
                return null;
            }

            if (_byIdentity.TryGetValue(identity, out SeriesState? state))
            {
                return state;
            }

            folded = !HasBudget_NeedsLock(identity.Name);
            return AddExact_NeedsLock(folded ? SeriesFactory.CreateOther(identity) : identity, folded);
        }
    }

    /// <summary>Copies the live series, so that the collector can enumerate them without holding the lock.</summary>
    internal void CopyTo(List<SeriesState> target)
    {
        lock (_lock)
        {
            target.AddRange(_byIdentity.Values);
        }
    }

    /// <summary>Removes a series from all look-ups and closes it. Samples still added by writers are passed to the visitor.</summary>
    internal void Release(SeriesState state, Action<ValueTable> visit)
    {
        lock (_lock)
        {
            // Removed from the look-ups first: a writer that finds the series closed looks it up again and must not find the same series.
            Forget_NeedsLock(state);
            state.Close_CollectorOnly(visit);
            _releasedTotal += state.Total;
        }
    }

    /// <summary>Removes and returns the <c>(other)</c> series of metrics that are within their budget again.</summary>
    /// <remarks>After their release, callers that hold one of them look their series up again and get separate series.</remarks>
    internal SeriesState[] TakeUnfolded()
    {
        lock (_lock)
        {
            SeriesState[] unfolded = [.. _unfolded];
            _unfolded.Clear();
            return unfolded;
        }
    }

    /// <summary>Gets a value indicating whether new series are refused.</summary>
    internal bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Returns the roll-up dimensions that no series had in time, each once, with the dimension that was probably meant.</summary>
    internal IEnumerable<(string Metric, string Dimension, string? Nearest)> TakeMissingRollUps() =>
        _rollUpNames.TakeMissing(_time.GetPassedTime());

    /// <summary>Refuses new series from now on.</summary>
    internal void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }
    }

    private SeriesState? Add_NeedsLock(in SeriesProbe probe, out Refusal refusal, out bool folded)
    {
        folded = false;
        refusal = default;
        if (_closed)
        {
            refusal = new Refusal(LossReason.Closed, "The publisher is closed");
            return null;
        }

        if (Find(probe) is { } raced)
        {
            return raced;
        }

        SeriesIdentity identity = _factory.Create(probe);
        if (_byIdentity.TryGetValue(identity, out SeriesState? state) || HasBudget_NeedsLock(probe.Name))
        {
            state ??= AddIdentity_NeedsLock(identity);
            SeriesKey key = new(probe);
            state.Keys.Add(key);
            _byKey.Add_NeedsLock(key, state);
            _cache.Add_NeedsLock(key, state);
            return state;
        }

        return _others.Find(probe) ?? AddOther_NeedsLock(probe, out refusal, out folded);
    }

    // The budget is used up, so the series is folded into one of the few that take the rest.
    private SeriesState? AddOther_NeedsLock(in SeriesProbe probe, out Refusal refusal, out bool folded)
    {
        folded = false;
        refusal = default;
        if (_others.Count_NeedsLock >= MaxOtherSeries)
        {
            refusal = new Refusal(MetricLossReasons.CardinalityBudget, $"MaxSeries ({_maxSeries}) is used up, and so are the "
                + $"{MaxOtherSeries} '{SeriesFactory.Other}' series; no further metric can be added");
            return null;
        }

        folded = true;
        SeriesState state = AddIdentity_NeedsLock(_factory.CreateOther(probe));
        state.IsOverflow = true;
        _others.Add_NeedsLock(new SeriesKey(probe), state);
        return state;
    }

    private bool HasBudget_NeedsLock(string name) =>
        _byIdentity.Count < _maxSeries && _perMetric.GetValueOrDefault(name) < _maxSeriesPerMetric;

    private SeriesState AddIdentity_NeedsLock(SeriesIdentity identity)
    {
        if (_byIdentity.TryGetValue(identity, out SeriesState? known))
        {
            return known;
        }

        SeriesState state = AddExact_NeedsLock(identity);
        _rollUpNames.Saw(identity, state.LastActive);

        // A roll-up has fewer dimensions than its source, so there are never more roll-ups than sources, and they need no budget of their
        // own.
        state.RollUps = [.. _factory.CreateRollUps(identity).Select(AddIdentity_NeedsLock)];
        return state;
    }

    private SeriesState AddExact_NeedsLock(SeriesIdentity identity, bool isOverflow = false)
    {
        if (_byIdentity.TryGetValue(identity, out SeriesState? known))
        {
            return known;
        }

        SeriesState state = new(identity) { LastActive = _time.GetPassedTime(), IsOverflow = isOverflow };
        _byIdentity[identity] = state;
        _perMetric[identity.Name] = _perMetric.GetValueOrDefault(identity.Name) + 1;
        return state;
    }

    private void Forget_NeedsLock(SeriesState state)
    {
        _ = _byIdentity.Remove(state.Identity);
        ForgetName_NeedsLock(state.Identity.Name);
        foreach (SeriesKey key in state.Keys)
        {
            _byKey.Remove_NeedsLock(key);
            _cache.Remove_NeedsLock(key);
        }

        // Series that are within the budget again no longer need folding: those of this metric, and those of any metric if the total was
        // over MaxSeries.
        _others.RemoveAll_NeedsLock(other => other.State == state || IsUnfolded_NeedsLock(other, state.Identity.Name));
    }

    private bool IsUnfolded_NeedsLock(SeriesEntry other, string releasedMetric)
    {
        bool isUnfolded = other.Key.Name == releasedMetric || HasBudget_NeedsLock(other.Key.Name);
        if (isUnfolded)
        {
            _ = _unfolded.Add(other.State);
        }

        return isUnfolded;
    }

    // A name is removed with its last series. Applications may build names from data, and names that are never removed would fill the
    // memory.
    private void ForgetName_NeedsLock(string name)
    {
        ref int count = ref CollectionsMarshal.GetValueRefOrNullRef(_perMetric, name);
        if (--count == 0)
        {
            _ = _perMetric.Remove(name);
        }
    }
}
