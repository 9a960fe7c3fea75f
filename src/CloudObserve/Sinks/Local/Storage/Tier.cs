namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The datapoints of one series at one resolution, in ascending order of time.</summary>
/// <remarks>New data is nearly always appended; late data is inserted, and expired data is removed from the front in one step.</remarks>
/// <threadsafety>Not safe for concurrent use; guarded by the store's lock.</threadsafety>
internal sealed class Tier(int period, long retention)
{
    private readonly List<Aggregate> _points = [];

    /// <summary>Gets the resolution in seconds.</summary>
    internal int Period => period;

    /// <summary>Gets the time for which data is kept in this tier, in seconds.</summary>
    internal long Retention => retention;

    internal int Count => _points.Count;

    internal long Bytes { get; private set; }

    internal Aggregate this[int index] => _points[index];

    /// <summary>Returns the index of the first datapoint at or after a time.</summary>
    internal int IndexOf(long time)
    {
        int low = 0;
        int high = _points.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_points[middle].Time < time)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Adds samples to the datapoint of their period.</summary>
    internal void Add(Aggregate data)
    {
        long time = data.Time - (data.Time % period);
        int index = IndexOf(time);
        if (index < _points.Count && _points[index].Time == time)
        {
            Aggregate point = _points[index];
            Bytes -= point.Bytes;
            point.Add(data);
            Bytes += point.Bytes;
            return;
        }

        Aggregate added = data.At(time);
        _points.Insert(index, added);
        Bytes += added.Bytes;
    }

    /// <summary>Removes and returns the datapoints before a time.</summary>
    internal IReadOnlyList<Aggregate> TakeBefore(long time)
    {
        if (_points.Count == 0 || _points[0].Time >= time)
        {
            return [];
        }

        int count = IndexOf(time);
        List<Aggregate> taken = _points.GetRange(0, count);
        _points.RemoveRange(0, count);
        Bytes -= taken.Sum(point => point.Bytes);
        return taken;
    }
}
