using System.Buffers;
using CloudObserve.Local;

namespace CloudObserve.Sinks.Local.Storage;

/// <summary>Exact samples: values in ascending order with their counts, merged into log-linear buckets if there are many.</summary>
/// <remarks>
/// The store uses it only if percentiles must be exact (<see cref="LocalOptions.ExactPercentiles"/>). A bucket contains the doubles with
/// the same leading bits, so its width is the same fraction of its values everywhere (1/128 at first); it is stored as the mean of its
/// samples. If there are too many buckets, they are widened by one bit, which halves their number, until they fit; the memory is therefore
/// always bounded. Values must not be negative, because only then is their order the order of their bits.
/// </remarks>
/// <threadsafety>Immutable.</threadsafety>
internal sealed class Distribution : SampleSet
{
    /// <summary>The maximum number of entries; above it, values are merged. At 16 bytes each, a datapoint takes at most 32 KiB.</summary>
    internal const int MaxEntries = 2048;

    /// <summary>The first shift: 52 - 45 = 7 bits of the mantissa are kept, so values in one bucket differ by less than 1/128.</summary>
    private const int FirstBucketShift = 45;

    private const int ObjectBytes = 64;
    private const int EntryBytes = 16;

    private readonly ValueCount[] _entries;
    private readonly int _shift;

    private Distribution(ValueCount[] entries, int shift)
    {
        _entries = entries;
        _shift = shift;
    }

    internal ReadOnlySpan<ValueCount> Entries => _entries;

    internal override long Bytes => ObjectBytes + ((long)EntryBytes * _entries.Length);

    /// <summary>Creates a distribution of unordered values, which may repeat.</summary>
    internal static Distribution Of(ValueCount[] values)
    {
        Array.Sort(values, static (left, right) => left.Value.CompareTo(right.Value));
        return Fit(values, 0);
    }

    internal override Distribution With(SampleSet other)
    {
        Distribution right = (Distribution)other;
        int length = _entries.Length + right._entries.Length;
        ValueCount[] scratch = ArrayPool<ValueCount>.Shared.Rent(length);
        try
        {
            Span<ValueCount> merged = scratch.AsSpan(0, length);
            Interleave(_entries, right._entries, merged);
            return Fit(merged, Math.Max(_shift, right._shift));
        }
        finally
        {
            ArrayPool<ValueCount>.Shared.Return(scratch);
        }
    }

    private static void Interleave(ReadOnlySpan<ValueCount> left, ReadOnlySpan<ValueCount> right, Span<ValueCount> target)
    {
        int l = 0;
        int r = 0;
        for (int i = 0; i < target.Length; i++)
        {
            bool takeLeft = r == right.Length || (l < left.Length && left[l].Value <= right[r].Value);
            target[i] = takeLeft ? left[l++] : right[r++];
        }
    }

    private static Distribution Fit(Span<ValueCount> sorted, int shift)
    {
        int length = MergeEqualKeys(sorted, shift);
        while (length > MaxEntries)
        {
            shift = shift == 0 ? FirstBucketShift : shift + 1;
            length = MergeEqualKeys(sorted[..length], shift);
        }

        return new Distribution(sorted[..length].ToArray(), shift);
    }

    private static int MergeEqualKeys(Span<ValueCount> sorted, int shift)
    {
        int last = 0;
        for (int i = 1; i < sorted.Length; i++)
        {
            if (Key(sorted[i].Value, shift) == Key(sorted[last].Value, shift))
            {
                sorted[last] = Merge(sorted[last], sorted[i]);
            }
            else
            {
                sorted[++last] = sorted[i];
            }
        }

        return last + 1;
    }

    private static ValueCount Merge(ValueCount low, ValueCount high)
    {
        double count = low.Count + high.Count;
        double mean = low.Value == high.Value ? low.Value : ((low.Value * low.Count) + (high.Value * high.Count)) / count;
        // Rounding could move the mean out of the bucket and out of order.
        return new ValueCount(Math.Clamp(mean, low.Value, high.Value), count);
    }

    private static long Key(double value, int shift) => BitConverter.DoubleToInt64Bits(value) >> shift;
}
