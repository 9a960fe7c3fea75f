namespace CloudObserve.Monitoring.Anomalies;

/// <summary>Holds what a season adds to the level in each of its slots.</summary>
/// <remarks>A slot learns once for each visit, from the mean of the visit, so the density of the datapoints does not matter.</remarks>
internal sealed class SeasonalProfile(int slots)
{
    // A visit counts at least this much, so a season that changes is followed within about a week of visits.
    private const double LeastWeight = 0.15;

    // The first visit of a slot counts a third, because one visit is weak evidence of a season.
    private const int Doubt = 2;

    private double[] _values = new double[slots];
    private ushort[] _visits = new ushort[slots];
    private int _visited = -1;
    private double _sum;
    private int _rows;

    internal double At(int slot) => _values[slot];

    internal void Learn(int slot, double residual)
    {
        if (slot != _visited)
        {
            EndVisit();
            _visited = slot;
        }

        _sum += residual;
        _rows++;
    }

    internal SeasonalProfile Copy()
    {
        SeasonalProfile copy = (SeasonalProfile)MemberwiseClone();
        copy._values = [.. _values];
        copy._visits = [.. _visits];
        return copy;
    }

    private void EndVisit()
    {
        if (_rows == 0)
        {
            return;
        }

        ushort visits = (ushort)Math.Min(_visits[_visited] + 1, ushort.MaxValue);
        _visits[_visited] = visits;
        _values[_visited] += Math.Max(1.0 / (visits + Doubt), LeastWeight) * (_sum / _rows);
        _sum = 0;
        _rows = 0;
    }
}
