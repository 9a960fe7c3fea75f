using System.Numerics;

namespace CloudObserve.Logs.Redaction;

/// <summary>
/// Distributes words to a few buckets, so that as few other texts as possible look like the beginning of a word in a bucket.
/// </summary>
internal static class WordBuckets
{
    private const byte CaseBit = 0x20;

    /// <summary>Distributes the words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="buckets">The number of buckets.</param>
    /// <param name="positions">The number of bytes of a word that are examined.</param>
    /// <returns>As many buckets as requested; some may be empty.</returns>
    internal static byte[][][] Deal(byte[][] words, int buckets, int positions)
    {
        List<Bucket> all = [.. words.Select(w => Bucket.Of(w, positions))];
        while (all.Count > buckets)
        {
            MergeClosest(all);
        }

        return [.. all.Select(b => b.Words), .. Enumerable.Repeat<byte[][]>([], buckets - all.Count)];
    }

    private static void MergeClosest(List<Bucket> all)
    {
        (int First, int Second, double Cost) best = (0, 1, double.MaxValue);
        for (int first = 0; first < all.Count; first++)
        {
            for (int second = first + 1; second < all.Count; second++)
            {
                double cost = Bucket.CostTogether(all[first], all[second]) - all[first].Cost - all[second].Cost;
                best = cost < best.Cost ? (first, second, cost) : best;
            }
        }

        Bucket merged = Bucket.Merge(all[best.First], all[best.Second]);
        all.RemoveAt(best.Second);
        all[best.First] = merged;
    }

    // For each position, the lower and the upper four bits of the bytes that may stand there, with one bit for each value.
    private sealed record Bucket(byte[][] Words, ushort[] Halves)
    {
        internal double Cost { get; } = CostOf(Halves, Halves);

        internal static Bucket Of(byte[] word, int positions)
        {
            ushort[] halves = new ushort[positions * 2];
            for (int at = 0; at < positions; at++)
            {
                int value = at < word.Length ? word[at] | CaseBit : 0;
                halves[at * 2] = at < word.Length ? (ushort)(1 << (value & 0xF)) : ushort.MaxValue;
                halves[(at * 2) + 1] = at < word.Length ? (ushort)(1 << (value >> 4)) : ushort.MaxValue;
            }

            return new Bucket([word], halves);
        }

        internal static Bucket Merge(Bucket one, Bucket other) =>
            new([.. one.Words, .. other.Words], [.. one.Halves.Zip(other.Halves, static (a, b) => (ushort)(a | b))]);

        internal static double CostTogether(Bucket one, Bucket other) => CostOf(one.Halves, other.Halves);

        // The share of all possible texts that pass.
        private static double CostOf(ushort[] one, ushort[] other)
        {
            double cost = 1;
            for (int i = 0; i < one.Length; i++)
            {
                cost *= BitOperations.PopCount((uint)(one[i] | other[i]));
            }

            return cost;
        }
    }
}
