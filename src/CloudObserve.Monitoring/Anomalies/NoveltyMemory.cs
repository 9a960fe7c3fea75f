namespace CloudObserve.Monitoring.Anomalies;

/// <summary>Remembers the regions in which points have been seen, and tells how far a new point lies outside all of them.</summary>
/// <remarks>
/// The regions are boxes that grow with the points they take, as in fuzzy adaptive resonance theory (Carpenter, Grossberg and Rosen, 1991).
/// A box does not grow over a limit: a point that is too far begins a box of its own. A box that no point has met for long is forgotten,
/// and the one that was met longest ago makes room when the memory is full. All lengths are in spreads of the coordinate.
/// </remarks>
internal sealed class NoveltyMemory(int dimensions)
{
    /// <summary>The largest length of a box, in spreads.</summary>
    internal const double MaxBoxLength = 2;

    private const int Capacity = 32;

    private double[] _low = new double[Capacity * dimensions];
    private double[] _high = new double[Capacity * dimensions];
    private long[] _met = new long[Capacity];
    private int _count;

    /// <summary>Returns the distance of a point to the nearest box, by its worst coordinate.</summary>
    /// <returns>The distance in spreads; 0 in a box, or when there is no box.</returns>
    internal double Distance(ReadOnlySpan<double> point, ReadOnlySpan<double> scales)
    {
        double nearest = _count == 0 ? 0 : double.PositiveInfinity;
        for (int box = 0; box < _count; box++)
        {
            nearest = Math.Min(nearest, Outside(box, point, scales));
        }

        return nearest;
    }

    /// <summary>Puts a point into the nearest box that may grow to it, or into a new box.</summary>
    /// <param name="row">The number of the row, which never decreases.</param>
    /// <param name="lifetime">The rows after which a box that was not met is forgotten.</param>
    /// <param name="point">The coordinates of the point.</param>
    /// <param name="scales">For each coordinate, the spreads in a unit.</param>
    internal void Remember(long row, long lifetime, ReadOnlySpan<double> point, ReadOnlySpan<double> scales)
    {
        Forget(row - lifetime);
        int box = Growable(point, scales);
        if (box < 0)
        {
            box = Room();
            point.CopyTo(_low.AsSpan(box * dimensions));
            point.CopyTo(_high.AsSpan(box * dimensions));
        }

        _met[box] = row;
        for (int i = 0, at = box * dimensions; i < dimensions; i++, at++)
        {
            _low[at] = Math.Min(_low[at], point[i]);
            _high[at] = Math.Max(_high[at], point[i]);
        }
    }

    internal NoveltyMemory Copy()
    {
        NoveltyMemory copy = (NoveltyMemory)MemberwiseClone();
        copy._low = [.. _low];
        copy._high = [.. _high];
        copy._met = [.. _met];
        return copy;
    }

    private int Growable(ReadOnlySpan<double> point, ReadOnlySpan<double> scales)
    {
        int best = -1;
        double nearest = double.PositiveInfinity;
        for (int box = 0; box < _count; box++)
        {
            double distance = Outside(box, point, scales);
            if (distance < nearest && MayGrow(box, point, scales))
            {
                (best, nearest) = (box, distance);
            }
        }

        return best;
    }

    private double Outside(int box, ReadOnlySpan<double> point, ReadOnlySpan<double> scales)
    {
        double worst = 0;
        for (int i = 0, at = box * dimensions; i < dimensions; i++, at++)
        {
            worst = Math.Max(worst, Math.Max(_low[at] - point[i], point[i] - _high[at]) * scales[i]);
        }

        return worst;
    }

    private bool MayGrow(int box, ReadOnlySpan<double> point, ReadOnlySpan<double> scales)
    {
        for (int i = 0, at = box * dimensions; i < dimensions; i++, at++)
        {
            if ((Math.Max(_high[at], point[i]) - Math.Min(_low[at], point[i])) * scales[i] > MaxBoxLength)
            {
                return false;
            }
        }

        return true;
    }

    private void Forget(long before)
    {
        for (int box = _count - 1; box >= 0; box--)
        {
            if (_met[box] < before)
            {
                _count--;
                _met[box] = _met[_count];
                Array.Copy(_low, _count * dimensions, _low, box * dimensions, dimensions);
                Array.Copy(_high, _count * dimensions, _high, box * dimensions, dimensions);
            }
        }
    }

    private int Room()
    {
        if (_count < Capacity)
        {
            return _count++;
        }

        int oldest = 0;
        for (int box = 1; box < Capacity; box++)
        {
            oldest = _met[box] < _met[oldest] ? box : oldest;
        }

        return oldest;
    }
}
