namespace CloudObserve.Monitoring.Anomalies;

/// <summary>Estimates the usual spread of a quantity: the range between its 5 % and 95 % quantiles over the last days.</summary>
/// <remarks>
/// It keeps a sample of the values in order of time and in order of size. The sampling becomes sparser at the start, so that the sample
/// covers most of what has been seen, until it covers about 1,660 steps.
/// </remarks>
internal sealed class SpreadEstimate
{
    private const int Capacity = 128;

    // A prime, so that the sample does not meet the same minute of each hour.
    private const int SparsestStep = 13;

    private double[] _byTime = new double[Capacity];
    private double[] _bySize = new double[Capacity];
    private int _count;
    private int _oldest;
    private long _seen;
    private long _nextSample;

    /// <summary>Gets the range between the 5 % and 95 % quantiles, or the whole range if that is 0.</summary>
    internal double Spread { get; private set; }

    /// <summary>Gets the largest magnitude in the sample.</summary>
    internal double Magnitude => _count == 0 ? 0 : Math.Max(Math.Abs(_bySize[0]), Math.Abs(_bySize[_count - 1]));

    internal void Add(double value, int rowsPerStep)
    {
        long row = _seen++;
        if (row < _nextSample)
        {
            return;
        }

        _nextSample = row + Math.Clamp(_seen / Capacity, 1, (long)SparsestStep * rowsPerStep);
        if (_count == Capacity)
        {
            RemoveOldest();
        }

        Insert(value);
        _byTime[_oldest] = value;
        _oldest = (_oldest + 1) % Capacity;
        double spread = Quantile(0.95) - Quantile(0.05);
        Spread = spread > 0 ? spread : _bySize[_count - 1] - _bySize[0];
    }

    internal SpreadEstimate Copy()
    {
        SpreadEstimate copy = (SpreadEstimate)MemberwiseClone();
        copy._byTime = [.. _byTime];
        copy._bySize = [.. _bySize];
        return copy;
    }

    private void RemoveOldest()
    {
        int at = Array.BinarySearch(_bySize, 0, _count, _byTime[_oldest]);
        Array.Copy(_bySize, at + 1, _bySize, at, _count - at - 1);
        _count--;
    }

    private void Insert(double value)
    {
        int found = Array.BinarySearch(_bySize, 0, _count, value);
        int at = found < 0 ? ~found : found;
        Array.Copy(_bySize, at, _bySize, at + 1, _count - at);
        _bySize[at] = value;
        _count++;
    }

    private double Quantile(double share) => _bySize[(int)((share * (_count - 1)) + 0.5)];
}
