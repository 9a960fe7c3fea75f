namespace CloudObserve.Metrics.Meters;

/// <summary>The series of one set of dimensions of one instrument, with its current level or total.</summary>
/// <remarks>
/// <para>A series retires when it has been idle too long. The invariant for a level: a change is either included in a level that is still
/// sampled, or it is refused and goes to the successor. Both are decided by the one field that holds the level: retiring replaces the level
/// 0 by NaN with a compare-exchange, and every change is a compare-exchange too. A measurement cannot bring a NaN, because NaN is
/// refused.</para>
/// <para>For a gauge the invariant is the same, with the number of records in place of the level, because the value alone does not show
/// that the same value was recorded again.</para>
/// </remarks>
/// <threadsafety>Members named Try are safe for concurrent use. Members named ObserverOnly may be called by the one running observation of
/// their instrument only, and members named SamplerOnly by the one running sampling only.</threadsafety>
internal sealed class TagSeries(MetricSeries series, string key, bool isOverflow, TimeSpan now)
{
    private const long Retired = -1;

    // Floating-point levels seldom return to exactly 0. A remainder this small compared with the largest change is a rounding error.
    private static readonly double Rounding = Math.ScaleB(1, -40);

    // A level, the last value of a gauge, or the last total of an observable counter.
    private double _value;
    private double _largestChange;
    private long _records;

    // Accessed only by the observation.
    private double _gathered;
    private long _gatheredIn;

    // Accessed only by the sampling.
    private long _recordsSeen;
    private double _levelSeen;

    internal MetricSeries Series => series;

    /// <summary>Gets the key of the series: the dimensions as they are sent.</summary>
    internal string Key => key;

    /// <summary>Gets a value indicating whether the series collects measurements over the cardinality budget.</summary>
    internal bool IsOverflow => isOverflow;

    /// <summary>Gets the tag forms that map to these dimensions. Guarded by the lock of the <see cref="TagSets"/>.</summary>
    internal List<TagForm> Forms { get; } = [];

    /// <summary>Gets the monotonic time of the last use. Accessed only by the observation or the sampling.</summary>
    internal TimeSpan LastActive { get; private set; } = now;

    /// <summary>Changes the level. Measurements of up-down counters may come from any thread.</summary>
    /// <returns><see langword="false"/> if the series has retired; the caller must look it up again.</returns>
    internal bool TryChange(double by)
    {
        if (Math.Abs(by) > Volatile.Read(ref _largestChange))
        {
            // Only a hint of the magnitude, so a smaller value that overwrites a larger one in a race does no harm.
            Volatile.Write(ref _largestChange, Math.Abs(by));
        }

        double seen = Volatile.Read(ref _value);
        while (!double.IsNaN(seen))
        {
            double found = Interlocked.CompareExchange(ref _value, seen + by, seen);
            if (BitConverter.DoubleToInt64Bits(found) == BitConverter.DoubleToInt64Bits(seen))
            {
                return true;
            }

            seen = found;
        }

        return false;
    }

    /// <summary>Records a value of a gauge: a sample of this period, and the value to repeat in later periods.</summary>
    /// <returns><see langword="false"/> if the series has retired; the caller must look it up again.</returns>
    internal bool TryRecord(double value)
    {
        // Written before the count: a sampling that reads the new count also reads the new value.
        Volatile.Write(ref _value, value);
        long seen = Volatile.Read(ref _records);
        while (seen != Retired)
        {
            long found = Interlocked.CompareExchange(ref _records, seen + 1, seen);
            if (found == seen)
            {
                series.Put(value);
                return true;
            }

            seen = found;
        }

        return false;
    }

    /// <summary>
    /// Returns the current level, and updates <see cref="LastActive"/> if it changed since the last sampling or is not zero.
    /// </summary>
    /// <param name="at">The monotonic time of the sampling.</param>
    /// <param name="isFloatingPoint">Whether the changes may have rounding errors.</param>
    internal double SampleLevel_SamplerOnly(TimeSpan at, bool isFloatingPoint)
    {
        double level = Volatile.Read(ref _value);
        LastActive = IsZero(level, isFloatingPoint) && level == _levelSeen ? LastActive : at;
        _levelSeen = level;
        return level;
    }

    /// <summary>Returns the value to send again, or <see langword="null"/> if a value was recorded in this period.</summary>
    internal double? SampleGauge_SamplerOnly(TimeSpan at)
    {
        long records = Volatile.Read(ref _records);
        bool isQuiet = records == _recordsSeen;
        LastActive = isQuiet ? LastActive : at;
        _recordsSeen = records;
        return isQuiet && records > 0 ? Volatile.Read(ref _value) : null;
    }

    /// <summary>Retires a level that is 0. A later change creates the series again, so nothing is lost.</summary>
    internal bool TryRetireLevel(bool isFloatingPoint)
    {
        double level = Volatile.Read(ref _value);
        return IsZero(level, isFloatingPoint)
            && BitConverter.DoubleToInt64Bits(Interlocked.CompareExchange(ref _value, double.NaN, level)) == BitConverter.DoubleToInt64Bits(
                level);
    }

    /// <summary>Retires a gauge without a value since the last sampling.</summary>
    internal bool TryRetireGauge() => Interlocked.CompareExchange(ref _records, Retired, _recordsSeen) == _recordsSeen;

    /// <summary>Adds one measurement of an observation. Levels or totals of several tag sets that are sent as one are added up.</summary>
    /// <returns>Whether the measurement is the first of this observation.</returns>
    internal bool Gather_ObserverOnly(double value, long observation)
    {
        bool isFirst = _gatheredIn != observation;
        _gatheredIn = observation;
        _gathered = isFirst ? value : _gathered + value;
        return isFirst;
    }

    /// <summary>Adds the growth of the observed total as a sample.</summary>
    /// <remarks>A total that fell was restarted, so the whole total is growth. A growth of 0 adds no sample.</remarks>
    internal void PutGrowth_ObserverOnly(TimeSpan at)
    {
        LastActive = at;
        double growth = _gathered >= _value ? _gathered - _value : _gathered;
        _value = _gathered;
        if (growth != 0)
        {
            series.Put(growth);
        }
    }

    /// <summary>Stores the observed level for the next sampling.</summary>
    internal void SetLevel_ObserverOnly(TimeSpan at)
    {
        LastActive = at;
        Volatile.Write(ref _value, _gathered);
        _ = Interlocked.Increment(ref _records);
    }

    /// <summary>Returns the observed level, or <see langword="null"/> if it was not observed since the last sampling.</summary>
    internal double? SampleObserved_SamplerOnly()
    {
        long records = Volatile.Read(ref _records);
        bool isNew = records != _recordsSeen;
        _recordsSeen = records;
        return isNew ? Volatile.Read(ref _value) : null;
    }

    private bool IsZero(double level, bool isFloatingPoint) =>
        level == 0 || (isFloatingPoint && Math.Abs(level) <= Volatile.Read(ref _largestChange) * Rounding);
}
