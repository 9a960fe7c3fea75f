using CloudObserve.Metrics;
using CloudObserve.Metrics.Aggregation;

namespace CloudObserve.Tests.Metrics.Aggregation;

public sealed class SeriesCacheTests
{
    [Fact]
    public void A_series_is_found_by_the_same_texts_and_by_equal_ones()
    {
        SeriesCache cache = new();
        SeriesKey key = Key("eu-central-1", "gold", "x", "");
        SeriesState state = Add(cache, key);

        Assert.Same(state, Find(cache, key));
        Assert.Same(state, Find(cache, Key([.. key.Dimensions.Select(d => new string(d.Value.AsSpan()))])));
    }

    [Theory]
    [InlineData("eu-central-2", "gold")]
    [InlineData("eu-central-1", "golf")]
    [InlineData("eu-Xentral-1", "gold")]
    [InlineData("gold", "eu-central-1")]
    [InlineData("eu-central-1")]
    [InlineData("eu-central-1", "gold", "gold")]
    [InlineData("eu-central-1", null)]
    public void Another_series_is_not_taken_for_it(params string?[] values)
    {
        SeriesCache cache = new();
        _ = Add(cache, Key("eu-central-1", "gold"));

        Assert.Null(Find(cache, Key(values)));
    }

    [Fact]
    public void A_series_of_another_metric_unit_or_namespace_is_not_taken_for_it()
    {
        // The two names have the same quick hash, and the texts are the very same ones, as literals are.
        SeriesCache cache = new();
        _ = Add(cache, new SeriesKey(new SeriesProbe("Shop", "OrdersOfToday", MetricUnit.Count, [("Region", "eu")])));

        Assert.Null(cache.Find("Shop", "OrdersByToday", MetricUnit.Count, [("Region", "eu")]));
        Assert.Null(cache.Find("Shop", "OrdersOfToday", MetricUnit.Bytes, [("Region", "eu")]));
        Assert.Null(cache.Find("Mall", "OrdersOfToday", MetricUnit.Count, [("Region", "eu")]));
        Assert.Null(cache.Find("Shop", "OrdersOfToday", MetricUnit.Count, [("Tier", "eu")]));
        Assert.NotNull(cache.Find("Shop", "OrdersOfToday", MetricUnit.Count, [("Region", "eu")]));
    }

    [Fact]
    public void Of_values_that_look_alike_a_few_are_kept_and_nobody_looks_further()
    {
        // Only the middle differs, which the quick hash does not read.
        SeriesCache cache = new();
        SeriesKey[] alike = [.. Enumerable.Range(10, 50).Select(i => Key($"abcd{i}wxyz"))];
        SeriesState[] states = [.. alike.Select(k => Add(cache, k))];

        Assert.Equal(states.Take(SeriesCache.MaxLooks), alike.Select(k => Find(cache, k)).OfType<SeriesState>());

        // Whose place is free again is for the next.
        cache.Remove_NeedsLock(alike[0]);
        cache.Remove_NeedsLock(alike[49]);
        Assert.Null(Find(cache, alike[0]));
        Assert.Same(states[30], AddState(cache, alike[30], states[30]));
        Assert.Same(states[30], Find(cache, alike[30]));
    }

    [Fact]
    public void Nearly_all_combinations_of_few_values_find_a_place()
    {
        SeriesCache cache = new();
        SeriesKey[] flags =
            [.. Enumerable.Range(0, 1_024).Select(f => Key([.. Enumerable.Range(0, 10).Select(i => (f & (1 << i)) == 0 ? "no" : "yes")]))];
        SeriesState[] states = [.. flags.Select(k => Add(cache, k))];

        SeriesState?[] found = [.. flags.Select(k => Find(cache, k))];

        Assert.All(found.Zip(states), p => Assert.True(p.First is null || p.First == p.Second));
        Assert.InRange(found.Count(s => s is not null), 960, 1_024);
    }

    /// <remarks>
    /// The invariant: no look-up ever returns another series than the one asked for, nor one that was removed before it began.
    /// </remarks>
    [Fact]
    public void Readers_find_the_right_series_or_none_while_entries_come_and_go()
    {
        SeriesCache cache = new();
        SeriesKey[] staying = [.. Enumerable.Range(0, 40).Select(i => Key($"stays-{i}"))];
        SeriesState[] states = [.. staying.Select(k => Add(cache, k))];
        bool stop = false;
        int[] wrong = new int[3];
        Thread[] readers = [.. Enumerable.Range(0, wrong.Length).Select(r => new Thread(() =>
        {
            for (int i = 0; !Volatile.Read(ref stop); i = (i + 1) % staying.Length)
            {
                wrong[r] += Find(cache, staying[i]) is { } found && found != states[i] ? 1 : 0;
            }
        }))];
        Array.ForEach(readers, t => t.Start());

        for (int round = 0; round < 100; round++)
        {
            SeriesKey[] passing = [.. Enumerable.Range(0, 200).Select(i => Key($"passes-{round}-{i}"))];
            SeriesState[] made = [.. passing.Select(k => Add(cache, k))];
            Assert.All(passing.Zip(made), p => Assert.True(Find(cache, p.First) is not { } found || found == p.Second));
            Array.ForEach(passing, cache.Remove_NeedsLock);
            Assert.All(passing, k => Assert.Null(Find(cache, k)));
        }

        Volatile.Write(ref stop, true);
        Array.ForEach(readers, t => t.Join());
        Assert.Equal([0, 0, 0], wrong);
    }

    private static SeriesKey Key(params string?[] values) =>
        new(new SeriesProbe("Test", "Orders", MetricUnit.Count, [.. values.Select((v, i) => new MetricDimension($"Name{i}", v!))]));

    private static SeriesState? Find(SeriesCache cache, SeriesKey key) =>
        cache.Find(key.Namespace, key.Name, key.Unit, key.AsProbe().Dimensions);

    private static SeriesState Add(SeriesCache cache, SeriesKey key) =>
        AddState(cache, key,
            new SeriesState(new SeriesIdentity(key.Namespace, key.Name, key.Unit, StorageResolution.Standard, [.. key.Dimensions])));

    private static SeriesState AddState(SeriesCache cache, SeriesKey key, SeriesState state)
    {
        cache.Add_NeedsLock(key, state);
        return state;
    }
}
