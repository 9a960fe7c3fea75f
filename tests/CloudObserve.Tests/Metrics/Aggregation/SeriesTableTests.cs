using System.Globalization;
using CloudObserve.Metrics;
using CloudObserve.Metrics.Aggregation;

namespace CloudObserve.Tests.Metrics.Aggregation;

public sealed class SeriesTableTests
{
    /// <remarks>
    /// The invariant: an entry that was added before a reader began and is never removed is always found, whatever is added, removed and
    /// rebuilt meanwhile; and no look-up ever returns another series than the one asked for.
    /// </remarks>
    [Fact]
    public void Readers_always_find_what_stays_while_entries_come_and_go()
    {
        SeriesTable table = new(withValues: true);
        SeriesKey[] staying = [.. Enumerable.Range(0, 40).Select(i => Key($"stays-{i}"))];
        SeriesState[] states = [.. staying.Select(k => Add(table, k))];
        bool stop = false;
        int[] wrong = new int[3];
        Thread[] readers = [.. Enumerable.Range(0, wrong.Length).Select(r => new Thread(() =>
        {
            for (int i = 0; !Volatile.Read(ref stop); i = (i + 1) % staying.Length)
            {
                wrong[r] += table.Find(staying[i].AsProbe()) == states[i] ? 0 : 1;
            }
        }))];
        Array.ForEach(readers, t => t.Start());

        // Grows and shrinks by hundreds, so the table is rebuilt in each round.
        for (int round = 0; round < 100; round++)
        {
            SeriesKey[] passing = [.. Enumerable.Range(0, 200).Select(i => Key($"passes-{round}-{i}"))];
            SeriesState[] made = [.. passing.Select(k => Add(table, k))];
            Assert.All(passing.Zip(made), p => Assert.Same(p.Second, table.Find(p.First.AsProbe())));
            Array.ForEach(passing, table.Remove_NeedsLock);
            Assert.All(passing, k => Assert.Null(table.Find(k.AsProbe())));
        }

        Volatile.Write(ref stop, true);
        Array.ForEach(readers, t => t.Join());
        Assert.Equal([0, 0, 0], wrong);
        Assert.Equal(staying.Length, table.Count_NeedsLock);
    }

    [Fact]
    public void A_probe_that_repeats_a_name_is_not_taken_for_the_set_it_is_a_part_of()
    {
        // Names with the same quick hash, so that only the comparison tells the two apart.
        SeriesTable table = new(withValues: true);
        MetricDimension[] kept = [("ab", "1"), ("cb", "1")];
        SeriesProbe probe = new("Test", "Metric", MetricUnit.None, kept);
        table.Add_NeedsLock(
            new SeriesKey(probe), new SeriesState(new SeriesIdentity("Test", "Metric", MetricUnit.None, StorageResolution.Standard, kept)));

        Assert.NotNull(table.Find(new SeriesProbe("Test", "Metric", MetricUnit.None, [("cb", "1"), ("ab", "1")])));
        Assert.Null(table.Find(new SeriesProbe("Test", "Metric", MetricUnit.None, [("ab", "1"), ("ab", "1")])));
    }

    [Fact]
    public void Removing_one_entry_does_not_hide_those_behind_it()
    {
        SeriesTable table = new(withValues: true);

        // Equal hashes, since the namespace is not hashed. So all stand in one chain.
        SeriesKey[] chain =
            [.. Enumerable.Range(10, 6).Select(i => new SeriesKey(new SeriesProbe($"Test{i}", "Orders", MetricUnit.None, [])))];
        SeriesState[] states = [.. chain.Select(k => Add(table, k))];

        table.Remove_NeedsLock(chain[0]);
        table.Remove_NeedsLock(chain[3]);

        Assert.Equal([null, states[1], states[2], null, states[4], states[5]], chain.Select(k => table.Find(k.AsProbe())));
        Assert.Equal(4, table.Count_NeedsLock);
    }

    [Fact]
    public void Many_combinations_of_few_values_are_all_told_apart()
    {
        SeriesTable table = new(withValues: true);
        SeriesKey[] keys = [.. Enumerable.Range(0, 1_024).Select(FlagsKey)];
        SeriesState[] states = [.. keys.Select(k => Add(table, k))];

        Assert.Equal(states, keys.Select(k => table.Find(k.AsProbe())));
    }

    /// <remarks>
    /// The invariant: series that differ in any character of any text have hashes that differ, in the whole and in the lower bits that pick
    /// a place. A look-up walks the chain of its place, so its length is bounded by how evenly the hashes spread. Of 10,000 hashes drawn at
    /// random in 16,384 places about 7,480 places are taken; 7,000 is more than twenty standard deviations below.
    /// </remarks>
    [Theory]
    [InlineData("tenant.{0:D8}.latency", "Shop", "1")]
    [InlineData("Orders", "dimension.{0:D8}.name", "1")]
    [InlineData("Orders", "Shop", "value.{0:D8}.of.a.dimension")]
    [InlineData("{0:D8}", "{0:D8}", "{0:D8}")]
    public void Texts_that_differ_only_in_the_middle_spread_over_the_table(string name, string dimension, string value)
    {
        SeriesTable table = new(withValues: true);
        ulong[] hashes = [.. Enumerable.Range(0, 10_000).Select(i => table.Hash(
            new SeriesProbe("Test", Text(name, i), MetricUnit.None, [(Text(dimension, i), Text(value, i))])))];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.InRange(hashes.Select(h => h & 16_383).Distinct().Count(), 7_000, 8_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("abc")]
    [InlineData("abcdefgh")]
    [InlineData("abcdefghi")]
    [InlineData("abcdefghijklmnop")]
    [InlineData("abcdefghijklmnopq")]
    [InlineData("abcdefghijklmnopqrstuvwxyz0123456789")]
    public void A_change_of_any_character_of_a_value_changes_its_hash(string text)
    {
        ulong hash = StringHash.Of(1, text);

        Assert.Equal(hash, StringHash.Of(1, new string(text.AsSpan())));
        Assert.NotEqual(hash, StringHash.Of(2, text));
        Assert.NotEqual(hash, StringHash.Of(1, text + "\0"));
        Assert.All(Enumerable.Range(0, text.Length), i => Assert.NotEqual(hash, StringHash.Of(1, text[..i] + '!' + text[(i + 1)..])));
    }

    private static string Text(string format, int number) => string.Format(CultureInfo.InvariantCulture, format, number);

    private static SeriesKey Key(string value) => new(new SeriesProbe("Test", "Orders", MetricUnit.Count, [("Shop", value)]));

    private static SeriesKey FlagsKey(int flags) => new(new SeriesProbe(
        "Test", "Orders", MetricUnit.Count,
        [.. Enumerable.Range(0, 10).Select(i => new MetricDimension($"Is{i}", (flags & (1 << i)) == 0 ? "no" : "yes"))]));

    private static SeriesState Add(SeriesTable table, SeriesKey key)
    {
        SeriesState state = new(new SeriesIdentity(key.Namespace, key.Name, key.Unit, StorageResolution.Standard, [.. key.Dimensions]));
        table.Add_NeedsLock(key, state);
        return state;
    }
}
