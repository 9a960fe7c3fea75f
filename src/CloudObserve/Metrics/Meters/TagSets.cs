using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CloudObserve.Diagnostics;

namespace CloudObserve.Metrics.Meters;

/// <summary>Holds the sets of tags of one instrument that are in use. A known set is found without a lock or an allocation.</summary>
/// <remarks>
/// Tags are found in the form the application passes them (<see cref="TagForm"/>), and are distinguished by the form in which they are sent
/// (<see cref="TagSeries"/>). Both are stored within the cardinality budget, and removed together when the series has been idle too long.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class TagSets
{
    private const int MaxFormsPerSeries = 4;

    // 256 entries: four for each of the 64 sets of tags that most instruments stay below.
    private const int CacheBits = 8;

    // An odd number with bits set over its whole width, so that every bit of the other factor reaches the upper bits of the product.
    private const uint Spread = 0x9E37_79B1;

    // A metric has very few sets of dimension names. If there are more than this, the rest is counted under the first set.
    private const int MaxOverflows = 16;

    private readonly MetricPublisher _publisher;
    private readonly TimeProvider _time;
    private readonly TagDimensions _dimensions;
    private readonly string _metric;
    private readonly MetricUnit _unit;
    private readonly InstrumentKind _kind;
    private readonly int _maxSeries;
    private readonly ConcurrentDictionary<TagForm, TagForm> _forms = new(TagFormComparer.Instance);
    private readonly ConcurrentDictionary<TagForm, TagForm>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _find;

    // Finds most measurements without a hash of whole texts. Replaced as a whole when forms are removed.
    private TagForm?[] _cache = [];

    // Held while the fields below and the forms change together. No application code is called while it is held.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TagSeries> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TagSeries> _overflows = new(StringComparer.Ordinal);
    private bool _hasRepairs;

    internal TagSets(
        Instrument instrument, string metric, InstrumentKind kind, MetricPublisher publisher, TimeProvider time, MetricsOptions options)
    {
        _publisher = publisher;
        _time = time;
        _metric = metric;
        _unit = UcumUnits.Translate(instrument.Unit);
        _kind = kind;
        _maxSeries = options.MaxSeriesPerMetric;
        _dimensions = new TagDimensions(instrument, metric, options);
        _find = _forms.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
        Tell(_dimensions.StaticRepairs, 1);
    }

    /// <summary>Finds or creates the series of a set of tags.</summary>
    /// <returns>The series, or <see langword="null"/> if none is available; the loss has been counted and reported.</returns>
    internal TagSeries? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (FindForm(tags) is not { } form)
        {
            return Bind(tags);
        }

        if (form.Repairs != TagRepairs.None)
        {
            form.CountHit();
        }

        return form.Series;
    }

    // Forms are immutable and compared completely, so an entry may hold any form. A form is written only to the array that was read before
    // the form was found. Removal first removes the forms and then replaces the array, so the new array never receives a removed form.
    private TagForm? FindForm(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        TagForm?[] cache = Volatile.Read(ref _cache);
        if (cache.Length == 0)
        {
            return _find.TryGetValue(tags, out TagForm? only) ? only : null;
        }

        int hash = QuickHash(tags);
        ref TagForm? place = ref cache[hash];
        if (Volatile.Read(ref place) is { } known && Matches(tags, known))
        {
            return known;
        }

        ref TagForm? neighbour = ref cache[hash ^ 1];
        if (Volatile.Read(ref neighbour) is { } next && Matches(tags, next))
        {
            return next;
        }

        if (!_find.TryGetValue(tags, out TagForm? form))
        {
            return null;
        }

        Volatile.Write(ref Volatile.Read(ref place) is null ? ref place : ref neighbour, form);
        return form;
    }

    private static bool Matches(ReadOnlySpan<KeyValuePair<string, object?>> tags, TagForm known) =>
        tags.IsEmpty ? known.Tags.Length == 0 : TagFormComparer.Instance.Equals(tags, known);

    // Reads only the ends of each value. Two sets with the same quick hash are stored in neighbouring entries; a third one is found by its
    // full hash.
    private static int QuickHash(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        uint hash = 0;
        foreach (ref readonly KeyValuePair<string, object?> tag in tags)
        {
            uint value = tag.Value switch
            {
                string { Length: > 0 } text => (uint)text.Length + ((uint)text[0] << 8) + ((uint)text[^1] << 16),
                int number => (uint)number,
                _ => 1,
            };
            hash = (hash + value) * Spread;
        }

        return (int)(hash >> (32 - CacheBits));
    }

    /// <summary>Finds or creates the series of a set of tags without the caches, and stores the set if the budget allows.</summary>
    internal TagSeries? Bind(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // The application's formatting code may run here, so no lock is held.
        string[] texts = new string[tags.Length];
        TagRepairs repairs = TagRepairs.None;
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = TagText.Write(tags[i].Value, out bool isUnreadable);
            repairs |= isUnreadable ? TagRepairs.Unreadable : TagRepairs.None;
        }

        TagSeries? series = BindSeries(_dimensions.Of(tags, texts, ref repairs));
        if (series is not null)
        {
            Remember(TagForm.Create(tags, texts, series, repairs));
        }

        Tell(repairs, 1);
        return series;
    }

    /// <summary>Visits every series and removes those for which the visitor returns true.</summary>
    /// <remarks>The visitor runs under the lock, so it must not call application code.</remarks>
    internal void ForgetIf(Predicate<TagSeries> visit)
    {
        lock (_lock)
        {
            int before = _series.Count;

            // A dictionary allows removing the current entry during enumeration.
            foreach ((_, TagSeries series) in _series)
            {
                if (visit(series))
                {
                    _ = _series.Remove(series.Key);
                    series.Forms.ForEach(form => _forms.TryRemove(form, out _));
                }
            }

            if (_series.Count < before && _cache.Length > 0)
            {
                Volatile.Write(ref _cache, new TagForm?[1 << CacheBits]);
            }

            foreach ((_, TagSeries overflow) in _overflows)
            {
                if (visit(overflow))
                {
                    _ = _overflows.Remove(overflow.Key);
                }
            }
        }
    }

    /// <summary>Reports how often stored tags were repaired since the last call.</summary>
    internal void TellRepairs()
    {
        if (!Volatile.Read(ref _hasRepairs))
        {
            return;
        }

        foreach ((TagForm form, _) in _forms)
        {
            if (form.Repairs != TagRepairs.None && form.TakeHits() is > 0 and long hits)
            {
                Tell(form.Repairs, hits);
            }
        }
    }

    private static MetricDimension[] OverflowOf(MetricDimension[] dimensions) =>
        [.. dimensions.Select(d => d with { Value = Aggregation.SeriesFactory.Other })];

    // Dimension values contain no control characters here, so different sets give different keys.
    private static string KeyOf(MetricDimension[] dimensions) =>
        string.Join('\n', dimensions.OrderBy(d => d.Name, StringComparer.Ordinal).Select(d => $"{d.Name}\t{d.Value}"));

    private TagSeries? BindSeries(MetricDimension[] dimensions)
    {
        string key = KeyOf(dimensions);
        if (FindKnown(key, dimensions) is { } known)
        {
            return known;
        }

        if (_publisher.TryBind(_metric, _unit, dimensions) is not { } bound)
        {
            return null;
        }

        TagSeries made = new(bound, key, isOverflow: false, _time.GetPassedTime());
        if (_kind == InstrumentKind.Sample && bound.IsOverflow)
        {
            // Samples over the registry's budget go to one common series, so nothing is stored for them. Levels and totals must be kept
            // separate.
            return made;
        }

        lock (_lock)
        {
            if (_series.TryGetValue(key, out TagSeries? raced))
            {
                return raced;
            }

            if (_series.Count < _maxSeries)
            {
                return _series[key] = made;
            }
        }

        return _kind is InstrumentKind.Sample or InstrumentKind.Gauge ? made : BindOverflow(dimensions);
    }

    private TagSeries? FindKnown(string key, MetricDimension[] dimensions)
    {
        lock (_lock)
        {
            if (_series.TryGetValue(key, out TagSeries? known))
            {
                return known;
            }

            // A set whose change went into the common level must find that level again, as long as the level is not 0.
            return _kind == InstrumentKind.Level && _overflows.Count > 0
                ? _overflows.GetValueOrDefault(KeyOf(OverflowOf(dimensions))) : null;
        }
    }

    /// <summary>Finds or creates the common level of tag sets over the budget, none of which is stored.</summary>
    private TagSeries? BindOverflow(MetricDimension[] dimensions)
    {
        if (_kind == InstrumentKind.Cumulative)
        {
            // The growth of a total is known only if the previous total is stored.
            _publisher.RefuseOverBudget(_metric);
            return null;
        }

        MetricDimension[] overflow = OverflowOf(dimensions);
        if (_publisher.TryBindOverflow(_metric, _unit, overflow) is not { } bound)
        {
            return null;
        }

        TagSeries made = new(bound, KeyOf(overflow), isOverflow: true, _time.GetPassedTime());
        lock (_lock)
        {
            if (_overflows.TryGetValue(made.Key, out TagSeries? known))
            {
                return known;
            }

            return _overflows.Count == MaxOverflows ? _overflows.Values.First() : _overflows[made.Key] = made;
        }
    }

    private void Remember(TagForm form)
    {
        TagSeries series = form.Series;
        lock (_lock)
        {
            // The series may have retired since it was bound.
            if (_forms.Count < _maxSeries * MaxFormsPerSeries && _series.GetValueOrDefault(series.Key) == series
                && _forms.TryAdd(form, form))
            {
                series.Forms.Add(form);
                if (_cache.Length == 0)
                {
                    Volatile.Write(ref _cache, new TagForm?[1 << CacheBits]);
                }

                _hasRepairs |= form.Repairs != TagRepairs.None;
            }
        }
    }

    private void Tell(TagRepairs repairs, long count)
    {
        foreach ((string cause, string change) in TagRepairTexts.Of(repairs))
        {
            _publisher.TellChanged(_metric, cause, change, count);
        }
    }
}
