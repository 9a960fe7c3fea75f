using System.Numerics;

namespace CloudObserve.LoadTests.Calling;

/// <summary>Counts latencies in log-linear buckets: 32 for each power of two.</summary>
/// <remarks>
/// A result exceeds the recorded latency by at most one part in 32. All memory is allocated at the beginning, because recording must not
/// cause the garbage collections whose pauses it measures.
/// </remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int SubBuckets = 1 << SubBits;

    // The first row has one bucket for each small number. Each further row is for one power of two of a long.
    private readonly long[] _counts = new long[(63 - SubBits + 1) * SubBuckets];

    internal long Count { get; private set; }

    /// <summary>Gets the largest latency, which is exact.</summary>
    internal long Max { get; private set; }

    /// <param name="nanoseconds">The latency. A negative one, possible when a clock is read on two processors, counts as zero.</param>
    internal void Record(long nanoseconds)
    {
        long value = Math.Max(0, nanoseconds);
        _counts[IndexOf(value)]++;
        Count++;
        Max = Math.Max(Max, value);
    }

    internal void Add(LatencyHistogram other)
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
        Max = Math.Max(Max, other.Max);
    }

    /// <summary>Returns a latency that the given share of all latencies did not exceed.</summary>
    internal long At(double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        int index = 0;
        for (long below = _counts[0]; below < rank && index < _counts.Length - 1; below += _counts[index])
        {
            index++;
        }

        return Math.Min(HighestOf(index), Max);
    }

    private static int IndexOf(long value)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)value) - SubBits);
        return (shift * SubBuckets) + (int)(value >> shift);
    }

    private static long HighestOf(int index)
    {
        int shift = Math.Max(0, (index / SubBuckets) - 1);
        return ((index - (shift * SubBuckets) + 1L) << shift) - 1;
    }
}
