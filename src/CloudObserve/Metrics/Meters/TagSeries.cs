namespace CloudObserve.Metrics.Meters;

/// <summary>The series that one set of tags of one instrument goes to, and the level or total it stands at.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class TagSeries(MetricSeries series)
{
    private double _state;

    internal void Put(double sample) => series.Put(sample);

    /// <summary>Changes the level. Measurements of up-down counters come from any thread.</summary>
    internal void Change(double by)
    {
        double seen = Volatile.Read(ref _state);
        while (true)
        {
            double found = Interlocked.CompareExchange(ref _state, seen + by, seen);

            // Compared as bits: NaN must end the loop too.
            if (BitConverter.DoubleToInt64Bits(found) == BitConverter.DoubleToInt64Bits(seen))
            {
                return;
            }

            seen = found;
        }
    }

    internal void PutLevel() => series.Put(Volatile.Read(ref _state));

    /// <summary>Puts what a total has grown by. A total that fell was restarted, so all of it is growth. No growth is no sample, as with any counter.</summary>
    internal void PutGrowth(double total)
    {
        double before = Interlocked.Exchange(ref _state, total);
        double growth = total >= before ? total - before : total;
        if (growth != 0)
        {
            series.Put(growth);
        }
    }
}
