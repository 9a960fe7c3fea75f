using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CloudObserve.Diagnostics;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>Every live series, found by the way callers name it, within the cardinality budget.</summary>
/// <remarks>
/// A known series is found without a lock. So is the <c>(other)</c> series of a metric whose budget is used up: a flood of new dimension
/// values is never remembered and cannot make the look-up slow. Only a new series takes the lock.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class SeriesRegistry
{
    /// <summary>How many <c>(other)</c> series there may be: one for each metric and set of dimension names that is over budget.</summary>
    internal const int MaxOtherSeries = 1_000;

    private readonly SeriesFactory _factory;
    private readonly int _maxSeries;
    private readonly int _maxSeriesPerMetric;
    private readonly TimeProvider _time;

    // Holds nothing that the table does not hold too.
    private readonly SeriesFront _front = new();
    private readonly SeriesTable _byKey = new(withValues: true);
    private readonly SeriesTable _others = new(withValues: false);
    private readonly Lock _gate = new();

    // All below is guarded by the gate.
    private readonly Dictionary<SeriesIdentity, SeriesState> _byIdentity = [];
    private readonly Dictionary<string, int> _perMetric = new(StringComparer.Ordinal);
    private readonly HashSet<SeriesState> _unfolded = [];
    private long _releasedTotal;
    private bool _closed;

    internal SeriesRegistry(MetricsOptions options, TimeProvider time)
    {
        _factory = new SeriesFactory(options);
        _maxSeries = options.MaxSeries;
        _maxSeriesPerMetric = options.MaxSeriesPerMetric;
        _time = time;
    }

    /// <summary>Gets the number of samples that all series ever took, released ones included.</summary>
    internal long Total
    {
        get
        {
            lock (_gate)
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
            lock (_gate)
            {
                return _byIdentity.Count;
            }
        }
    }

    /// <summary>Finds most of the known series, and those the quickest. Takes no lock and allocates nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SeriesState? FindAtOnce(string @namespace, string name, MetricUnit unit, ReadOnlySpan<MetricDimension> dimensions) =>
        _front.Find(@namespace, name, unit, dimensions);

    /// <summary>Finds a known series. Takes no lock and allocates nothing.</summary>
    internal SeriesState? Find(in SeriesProbe probe) => _byKey.Find(probe);

    /// <summary>Finds or makes a series.</summary>
    /// <param name="probe">The series as the caller names it.</param>
    /// <param name="refusal">Why there is none, when the result is <see langword="null"/>.</param>
    /// <param name="folded">Whether this call was the first to fold this metric into its <c>(other)</c> series.</param>
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

        lock (_gate)
        {
            return Add_NeedsLock(probe, out refusal, out folded);
        }
    }

    /// <summary>Finds or makes the series of an identity as it stands: nothing of configuration is added to it. The identity keeps CloudWatch's rules.</summary>
    /// <param name="identity">The series.</param>
    /// <param name="folded">Whether the budget is used up and the series is the one that takes what is over it.</param>
    /// <returns><see langword="null"/> when everything is closed.</returns>
    internal SeriesState? ResolveExact(SeriesIdentity identity, out bool folded)
    {
        folded = false;
        lock (_gate)
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

    /// <summary>Copies the live series, so that the collector can walk them without holding the lock.</summary>
    internal void CopyTo(List<SeriesState> target)
    {
        lock (_gate)
        {
            target.AddRange(_byIdentity.Values);
        }
    }

    /// <summary>Forgets a series, so that no look-up finds it, and closes it. Samples that writers still bring are handed to the visitor.</summary>
    internal void Release(SeriesState state, Action<ValueTable> visit)
    {
        lock (_gate)
        {
            // Out of the look-ups first: a writer that finds the series closed looks again and must not find it again.
            Forget_NeedsLock(state);
            state.Close_CollectorOnly(visit);
            _releasedTotal += state.Total;
        }
    }

    /// <summary>
    /// Takes the <c>(other)</c> series of metrics that are within their budget again. Once they are released, callers that hold one look up anew, and
    /// are told apart.
    /// </summary>
    internal SeriesState[] TakeUnfolded()
    {
        lock (_gate)
        {
            SeriesState[] unfolded = [.. _unfolded];
            _unfolded.Clear();
            return unfolded;
        }
    }

    /// <summary>Gets a value indicating whether new series are refused.</summary>
    internal bool IsClosed => Volatile.Read(ref _closed);

    /// <summary>Refuses new series from now on.</summary>
    internal void Close()
    {
        lock (_gate)
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
            refusal = new Refusal(LossReason.Closed, "The publisher has been closed");
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
            _front.Add_NeedsLock(key, state);
            return state;
        }

        if (_others.Find(probe) is { } racedOther)
        {
            return racedOther;
        }

        if (_others.Count_NeedsLock >= MaxOtherSeries)
        {
            refusal = new Refusal(LossReason.CardinalityBudget, $"{_maxSeries} series and {MaxOtherSeries} '{SeriesFactory.Other}' series exist; no further metric fits the budget");
            return null;
        }

        folded = true;
        state = AddIdentity_NeedsLock(_factory.CreateOther(probe));
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

        // Roll-ups have fewer dimensions than what they sum up, so they are never more than it and need no budget of their own.
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
            _front.Remove_NeedsLock(key);
        }

        // Within the budget again, new series need not be folded any longer: those of this metric, and, if all series together had been too many, of any.
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

    // A name leaves with its last series. Applications build names from data, and names that are never forgotten would fill the memory.
    private void ForgetName_NeedsLock(string name)
    {
        ref int count = ref CollectionsMarshal.GetValueRefOrNullRef(_perMetric, name);
        if (--count == 0)
        {
            _ = _perMetric.Remove(name);
        }
    }
}
