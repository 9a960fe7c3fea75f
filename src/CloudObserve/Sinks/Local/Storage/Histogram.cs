namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The histogram from which CloudWatch computes percentiles and trimmed statistics: the number of samples in each bin.</summary>
/// <remarks>
/// Bin i covers 1.1^i to 1.1^(i+1), so it is 10 % wide; zero has its own bin. Samples are between 0 and 2^360, and bins below -7000 are
/// combined, so there are at most 9,620 bins. CloudWatch does not document this. The rule was derived from its answers and agrees with all
/// recorded answers.
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class Histogram : SampleSet
{
    /// <summary>The ratio between the upper and the lower edge of a bin.</summary>
    internal const double Growth = 1.1;

    private const int LowestIndex = -7000;

    // Smaller than every other index, so that bins are sorted by index.
    private const short ZeroIndex = short.MinValue;

    private const int ObjectBytes = 96;
    private const int BinBytes = sizeof(short) + sizeof(double);

    private static readonly double LogOfGrowth = Math.Log(Growth);

    private readonly short[] _indexes;
    private readonly double[] _counts;

    private Histogram(short[] indexes, double[] counts)
    {
        _indexes = indexes;
        _counts = counts;
    }

    /// <summary>Gets the number of bins that contain samples.</summary>
    internal int Count => _indexes.Length;

    internal override long Bytes => ObjectBytes + ((long)BinBytes * _indexes.Length);

    /// <summary>Creates a histogram of non-negative values in ascending order.</summary>
    internal static Histogram Of(ReadOnlySpan<ValueCount> ascending)
    {
        short[] indexes = new short[ascending.Length];
        double[] counts = new double[ascending.Length];
        int length = 0;
        foreach (ValueCount entry in ascending)
        {
            short index = IndexOf(entry.Value);
            if (length == 0 || indexes[length - 1] != index)
            {
                indexes[length++] = index;
            }

            counts[length - 1] += entry.Count;
        }

        return new Histogram(indexes[..length], counts[..length]);
    }

    /// <summary>
    /// Returns a bin, with edges outside the range of the samples moved to the smallest or largest sample, as in CloudWatch.
    /// </summary>
    /// <param name="position">The index among the bins that contain samples, in ascending order from 0.</param>
    /// <param name="minimum">The smallest sample.</param>
    /// <param name="maximum">The largest sample.</param>
    internal Bin BinAt(int position, double minimum, double maximum)
    {
        short index = _indexes[position];
        double low = index == ZeroIndex ? 0 : Math.Pow(Growth, index);
        double high = index == ZeroIndex ? 0 : Math.Pow(Growth, index + 1);
        return new Bin(Math.Clamp(low, minimum, maximum), Math.Clamp(high, minimum, maximum), _counts[position]);
    }

    internal override Histogram With(SampleSet other)
    {
        Histogram right = (Histogram)other;
        int length = UnionLength(right);

        // New samples nearly always fall into existing bins; the index array is then shared.
        short[] indexes = length == _indexes.Length ? _indexes : new short[length];
        double[] counts = new double[length];
        int l = 0;
        int r = 0;
        for (int i = 0; i < length; i++)
        {
            bool takeLeft = r == right.Count || (l < Count && _indexes[l] <= right._indexes[r]);
            bool takeRight = l == Count || (r < right.Count && right._indexes[r] <= _indexes[l]);
            indexes[i] = takeLeft ? _indexes[l] : right._indexes[r];
            counts[i] = (takeLeft ? _counts[l++] : 0) + (takeRight ? right._counts[r++] : 0);
        }

        return new Histogram(indexes, counts);
    }

    private static short IndexOf(double value) =>
        value == 0 ? ZeroIndex : (short)Math.Max(LowestIndex, Math.Floor(Math.Log(value) / LogOfGrowth));

    private int UnionLength(Histogram right)
    {
        int length = _indexes.Length + right._indexes.Length;
        int l = 0;
        int r = 0;
        while (l < _indexes.Length && r < right._indexes.Length)
        {
            int order = _indexes[l].CompareTo(right._indexes[r]);
            l += order <= 0 ? 1 : 0;
            r += order >= 0 ? 1 : 0;
            length -= order == 0 ? 1 : 0;
        }

        return length;
    }

    /// <summary>One bin of the histogram.</summary>
    /// <param name="Low">The lower edge.</param>
    /// <param name="High">The upper edge.</param>
    /// <param name="Count">The number of samples in the bin; greater than 0, and not always an integer.</param>
    internal readonly record struct Bin(double Low, double High, double Count);
}
