namespace CloudObserve.Metrics.Meters;

/// <summary>The series that one set of dimensions of one instrument goes to, and the level or total it stands at.</summary>
/// <remarks>
/// <para>It leaves when it has been idle for long. For a level the invariant is: a change is either part of a level that is still sampled, or is
/// told that it comes too late and goes to the successor. Both are decided by the one word that holds the level: retiring puts a NaN there by a
/// compare-exchange with the level 0, and a change is a compare-exchange too. No measurement can bring a NaN, since one is refused.</para>
/// <para>For a gauge the same holds with the number of records in place of the level, which would not show that the same value came again.</para>
/// </remarks>
/// <threadsafety>The members named Try are safe for concurrent use. Those named ObserverOnly belong to the one observation of their instrument that is
/// under way, those named SamplerOnly to the one sampling that is.</threadsafety>
internal sealed class TagSeries(MetricSeries series, string key, bool isOverflow, TimeSpan now)
{
    private const long Retired = -1;

    // Levels of floating-point numbers seldom come back to exactly 0. A rest this small beside the largest change is rounding.
    private static readonly double Rounding = Math.ScaleB(1, -40);

    // A level, the last value of a gauge, or the last total of an observable counter.
    private double _value;
    private double _largestChange;
    private long _records;

    // Used by the observation alone.
    private double _gathered;
    private long _gatheredIn;

    // Used by the sampling alone.
    private long _recordsSeen;
    private double _levelSeen;

    internal MetricSeries Series => series;

    /// <summary>Gets what it is found by: the dimensions as they are sent.</summary>
    internal string Key => key;

    /// <summary>Gets a value indicating whether it takes what is over the cardinality budget.</summary>
    internal bool IsOverflow => isOverflow;

    /// <summary>Gets the ways in which the application gives these dimensions. Guarded by the stream's lock.</summary>
    internal List<TagForm> Forms { get; } = [];

    /// <summary>Gets when it was last used, in passed time. Used by the observation or the sampling alone.</summary>
    internal TimeSpan LastActive { get; private set; } = now;

    /// <summary>Changes the level. Measurements of up-down counters come from any thread.</summary>
    /// <returns><see langword="false"/> when it has left; look it up again.</returns>
    internal bool TryChange(double by)
    {
        if (Math.Abs(by) > Volatile.Read(ref _largestChange))
        {
            // Only a hint of the magnitude: that a smaller one overwrites a larger one in a race does no harm.
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

    /// <summary>Takes a value of a gauge: a sample of this period, and what is sent in the next ones.</summary>
    /// <returns><see langword="false"/> when it has left; look it up again.</returns>
    internal bool TryRecord(double value)
    {
        // Before it is counted: a sampling that sees it counted then finds the value too.
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

    /// <summary>Gets the level now, and notes whether it changed since the last sampling.</summary>
    /// <param name="at">When the sampling takes place, in passed time.</param>
    /// <param name="isFloatingPoint">Whether changes are rounded.</param>
    internal double SampleLevel_SamplerOnly(TimeSpan at, bool isFloatingPoint)
    {
        double level = Volatile.Read(ref _value);
        LastActive = IsZero(level, isFloatingPoint) && level == _levelSeen ? LastActive : at;
        _levelSeen = level;
        return level;
    }

    /// <summary>Gets the value to send again, if there was none in this period.</summary>
    internal double? SampleGauge_SamplerOnly(TimeSpan at)
    {
        long records = Volatile.Read(ref _records);
        bool isQuiet = records == _recordsSeen;
        LastActive = isQuiet ? LastActive : at;
        _recordsSeen = records;
        return isQuiet && records > 0 ? Volatile.Read(ref _value) : null;
    }

    /// <summary>Ends a level that stands at 0. A later change makes it anew, and nothing is lost.</summary>
    internal bool TryRetireLevel(bool isFloatingPoint)
    {
        double level = Volatile.Read(ref _value);
        return IsZero(level, isFloatingPoint)
            && BitConverter.DoubleToInt64Bits(Interlocked.CompareExchange(ref _value, double.NaN, level)) == BitConverter.DoubleToInt64Bits(level);
    }

    /// <summary>Ends a gauge that had no value since the last sampling.</summary>
    internal bool TryRetireGauge() => Interlocked.CompareExchange(ref _records, Retired, _recordsSeen) == _recordsSeen;

    /// <summary>Adds one measurement of an observation. Several tag sets may be sent as one, and then their levels or totals add up.</summary>
    /// <returns>Whether it is the first in this observation.</returns>
    internal bool Gather_ObserverOnly(double value, long observation)
    {
        bool isFirst = _gatheredIn != observation;
        _gatheredIn = observation;
        _gathered = isFirst ? value : _gathered + value;
        return isFirst;
    }

    /// <summary>Puts what the observed total has grown by. A total that fell was restarted, so all of it is growth. No growth is no sample, as with any counter.</summary>
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

    /// <summary>Takes the observed level over, to be sampled.</summary>
    internal void SetLevel_ObserverOnly(TimeSpan at)
    {
        LastActive = at;
        Volatile.Write(ref _value, _gathered);
        _ = Interlocked.Increment(ref _records);
    }

    /// <summary>Gets the observed level, if it was observed since the last sampling.</summary>
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
