using System.Numerics;

namespace CloudObserve.LogEvents.Redaction;

/// <summary>
/// Distributes words to a few buckets, so that as few positions of an ordinary event as possible
/// look like the beginning of a word in a bucket.
/// </summary>
internal static class WordBuckets
{
    private const byte CaseBit = 0x20;
    private const int HalfValues = 16;

    // A typical event. It tells how often each half of a byte occurs.
    private const string Ordinary =
        "{\"time\":\"2026-11-20T10:11:12.123Z\",\"level\":\"Information\",\"category\":\"Shop.Orders.OrderService\",\"eventId\":17,\"message\":\"The request to "
        + "/orders/4711 was completed after 12.5 ms, and the customer of the order received a message.\",\"template\":\"{Method} {Path} "
        + "took {Elapsed} ms\","
        + "\"RequestId\":\"0HN4KQ8:00000001\",\"host\":\"ip-10-0-3-17.eu-central-1.compute.internal\"}";

    private static readonly double[] LowerShares = Shares(static character => character & 0xF);
    private static readonly double[] UpperShares = Shares(static character => character >> 4);

    /// <summary>Distributes the words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="buckets">The number of buckets.</param>
    /// <param name="positions">The number of bytes of a word that are examined.</param>
    /// <returns>As many buckets as requested; some may be empty.</returns>
    internal static byte[][][] Deal(byte[][] words, int buckets, int positions)
    {
        // Words with the same beginning go to the same bucket.
        List<Bucket> dealt =
            [.. words.GroupBy(w => Convert.ToHexString(Beginning(w, positions))).Select(g => new Bucket(new Group([.. g], positions)))];
        while (dealt.Count > buckets)
        {
            MergeClosest(dealt);
        }

        while (Move(dealt))
        {
        }

        return [.. dealt.Select(static b => b.Words), .. Enumerable.Repeat<byte[][]>([], buckets - dealt.Count)];
    }

    private static byte[] Beginning(byte[] word, int length) => [.. word.Take(length).Select(static b => (byte)(b | CaseBit))];

    private static void MergeClosest(List<Bucket> dealt)
    {
        (int First, int Second, double Cost) best = (0, 1, double.MaxValue);
        for (int first = 0; first < dealt.Count; first++)
        {
            for (int second = first + 1; second < dealt.Count; second++)
            {
                double cost = CostOf(dealt[first].Halves, dealt[second].Halves) - dealt[first].Cost - dealt[second].Cost;
                best = cost < best.Cost ? (first, second, cost) : best;
            }
        }

        dealt[best.Second].Groups.ForEach(dealt[best.First].Add);
        dealt.RemoveAt(best.Second);
    }

    // Moves every group to the bucket where it costs least. Each move makes the total cost smaller, so the moves come to an end.
    private static bool Move(List<Bucket> dealt)
    {
        bool hasMoved = false;
        foreach ((Bucket from, Group group) in dealt.SelectMany(static b => b.Groups, static (b, g) => (b, g)).ToArray())
        {
            ushort[] rest = from.HalvesWithout(group);
            (double least, Bucket? to) = (Look(from.Halves, from.Halves) - Look(rest, rest), null);
            foreach (Bucket other in dealt.Where(b => b != from && from.Groups.Count > 1))
            {
                // A group moves only if it saves more than a rounding error. Otherwise it could move back and forth for ever.
                double cost = Look(other.Halves, group.Halves) - Look(other.Halves, other.Halves);
                (least, to) = cost < least * (1 - 1e-9) ? (cost, other) : (least, to);
            }

            if (to is not null)
            {
                from.Remove(group);
                to.Add(group);
                hasMoved = true;
            }
        }

        return hasMoved;
    }

    // Adds the share of places of the typical event that pass: letters are not independent of each other, as CostOf assumes.
    private static double Look(ushort[] one, ushort[] other)
    {
        int positions = one.Length / 2;
        int alike = 0;
        for (int place = 0; place + positions <= Ordinary.Length; place++)
        {
            int at = 0;
            while (at < positions
                && ((one[at * 2] | other[at * 2]) >> (Ordinary[place + at] & 0xF) & 1) != 0
                && ((one[(at * 2) + 1] | other[(at * 2) + 1]) >> (Ordinary[place + at] >> 4) & 1) != 0)
            {
                at++;
            }

            alike += at == positions ? 1 : 0;
        }

        return CostOf(one, other) + ((double)alike / Ordinary.Length);
    }

    // The expected share of places that pass a bucket made of both, if bytes were independent of each other.
    private static double CostOf(ushort[] one, ushort[] other)
    {
        double cost = 1;
        for (int i = 0; i < one.Length; i++)
        {
            double[] shares = i % 2 == 0 ? LowerShares : UpperShares;
            double share = 0;
            for (int rest = one[i] | other[i]; rest != 0; rest &= rest - 1)
            {
                share += shares[BitOperations.TrailingZeroCount(rest)];
            }

            cost *= share;
        }

        return cost;
    }

    private static double[] Shares(Func<char, int> half)
    {
        double[] shares = new double[HalfValues];
        foreach (char character in Ordinary)
        {
            shares[half(character)] += 1.0 / Ordinary.Length;
        }

        // A half that does not occur in the typical event is rare, but possible.
        return [.. shares.Select(static share => share + (1.0 / (HalfValues * HalfValues)))];
    }

    private sealed class Group
    {
        internal Group(byte[][] alike, int positions)
        {
            Words = alike;
            Halves = new ushort[positions * 2];
            for (int at = 0; at < positions; at++)
            {
                int value = at < alike[0].Length ? alike[0][at] : -1;
                Halves[at * 2] = value < 0 ? ushort.MaxValue : (ushort)(1 << (value & 0xF));
                Halves[(at * 2) + 1] = value < 0
                    ? ushort.MaxValue : (ushort)((1 << ((value | CaseBit) >> 4)) | (1 << ((value & ~CaseBit) >> 4)));
            }
        }

        internal byte[][] Words { get; }

        /// <summary>Gets for each position the lower and the upper halves of the bytes that may stand there, a bit for each.</summary>
        internal ushort[] Halves { get; }
    }

    private sealed class Bucket
    {
        internal Bucket(Group group)
        {
            Halves = new ushort[group.Halves.Length];
            Add(group);
        }

        internal List<Group> Groups { get; } = [];

        internal ushort[] Halves { get; private set; }

        internal double Cost { get; private set; }

        internal byte[][] Words => [.. Groups.SelectMany(static g => g.Words)];

        internal void Add(Group group)
        {
            Groups.Add(group);
            Sum();
        }

        internal void Remove(Group group)
        {
            _ = Groups.Remove(group);
            Sum();
        }

        internal ushort[] HalvesWithout(Group? except)
        {
            ushort[] halves = new ushort[Halves.Length];
            foreach (Group group in Groups)
            {
                for (int i = 0; i < halves.Length && group != except; i++)
                {
                    halves[i] |= group.Halves[i];
                }
            }

            return halves;
        }

        private void Sum()
        {
            Halves = HalvesWithout(null);
            Cost = CostOf(Halves, Halves);
        }
    }
}
