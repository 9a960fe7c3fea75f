namespace CloudObserve.Benchmarks.Metrics;

/// <summary>
/// Provides log-normally distributed durations in milliseconds, like those of requests: median 20, one in a hundred above 200.
/// </summary>
internal sealed class Samples
{
    private const int Size = 1 << 14;
    private readonly double[] _values = new double[Size];
    private readonly double _sumOfAll;
    private int _next;
    private long _rounds;

    internal Samples()
    {
        Random random = new(2);
        for (int i = 0; i < Size; i++)
        {
            // The Box-Muller method: two uniform numbers yield a normally distributed one.
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            _values[i] = 20 * Math.Exp(normal);
            _sumOfAll += _values[i];
        }
    }

    internal long Count => (_rounds * Size) + _next;

    /// <summary>Gets the sum of the samples returned so far.</summary>
    internal double Sum => (_rounds * _sumOfAll) + _values.AsSpan(0, _next).ToArray().Sum();

    internal double Next()
    {
        double value = _values[_next++];
        if (_next == Size)
        {
            _next = 0;
            _rounds++;
        }

        return value;
    }
}
