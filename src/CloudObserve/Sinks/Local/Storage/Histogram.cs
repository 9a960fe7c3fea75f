namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The histogram from which CloudWatch computes percentiles and trimmed statistics: how many samples lie in each bin, and nothing else of them.</summary>
/// <remarks>
/// Bin i goes from 1.1^i to 1.1^(i+1), so it is 10 % wide; zero has a bin of its own. Samples lie between 0 and 2^360 and bins below -7000 are
/// one, so there are at most 9,620 bins. CloudWatch does not document this. The rule was found from its answers and agrees with all of them that
/// were recorded.
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class Histogram : SampleSet
{
    /// <summary>The ratio between the upper and the lower border of a bin.</summary>
    internal const double Growth = 1.1;

    private const int LowestIndex = -7000;

    // Below all others, so that bins ascend by index.
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

    /// <summary>Gets the number of bins that hold samples.</summary>
    internal int Count => _indexes.Length;

    internal override long Bytes => ObjectBytes + ((long)BinBytes * _indexes.Length);

    /// <summary>Makes a histogram of values in ascending order, none of them negative.</summary>
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

    /// <summary>Gets a bin with its borders moved to the smallest and the largest sample where they lie outside of them, as CloudWatch does.</summary>
    /// <param name="position">Which of the bins that hold samples, ascending from 0.</param>
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

        // Nearly always the new samples fall into bins that are there; then the indexes are shared.
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

    /// <summary>One bin.</summary>
    /// <param name="Low">Its lower border.</param>
    /// <param name="High">Its upper border.</param>
    /// <param name="Count">How many samples lie in it; more than 0, and not always whole.</param>
    internal readonly record struct Bin(double Low, double High, double Count);
}
