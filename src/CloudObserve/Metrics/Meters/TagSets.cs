using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CloudObserve.Diagnostics;

namespace CloudObserve.Metrics.Meters;

/// <summary>The sets of tags of one instrument that are in use. A set seen before is found without a lock or an allocation.</summary>
/// <remarks>
/// Tags are found as the application gives them (<see cref="TagForm"/>) and told apart as they are sent (<see cref="TagSeries"/>). Both are remembered
/// within the cardinality budget, and forgotten together once the series has been idle.
/// </remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class TagSets
{
    private const int MaxFormsPerSeries = 4;

    // 256 places: four for each of the 64 sets of tags that an instrument usually has at most.
    private const int FrontBits = 8;

    // Odd, with bits all over, so that every bit of what is multiplied reaches the upper bits of the product.
    private const uint Spread = 0x9E37_79B1;

    // A metric has very few sets of dimension names; should one have more, the rest is counted under the first.
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

    // Most measurements are found here, without a hash of whole texts. Replaced as a whole when forms are forgotten.
    private TagForm?[] _front = [];

    // Held while what is below and the forms change together; nothing is called out under it.
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TagSeries> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TagSeries> _overflows = new(StringComparer.Ordinal);
    private bool _hasRepairs;

    internal TagSets(Instrument instrument, string metric, InstrumentKind kind, MetricPublisher publisher, TimeProvider time, MetricsOptions options)
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

    /// <summary>Finds the series of a set of tags, or makes it.</summary>
    /// <returns><see langword="null"/> when there is none; that has been booked and told.</returns>
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

    // Entries are immutable and compared in whole, so a place may hold any form. A form goes only into the array that was read before the form was
    // found: forgetting removes forms first and then replaces the array, so the new one never gets a form that was forgotten.
    private TagForm? FindForm(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        TagForm?[] front = Volatile.Read(ref _front);
        if (front.Length == 0)
        {
            return _find.TryGetValue(tags, out TagForm? only) ? only : null;
        }

        ref TagForm? place = ref front[Glance(tags)];
        if (Volatile.Read(ref place) is { } known && TagFormComparer.Instance.Equals(tags, known))
        {
            return known;
        }

        if (!_find.TryGetValue(tags, out TagForm? form))
        {
            return null;
        }

        Volatile.Write(ref place, form);
        return form;
    }

    // Looks at the ends of each value only. What looks alike takes turns in one place, and is found by its hash when it is not there.
    private static int Glance(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        uint glance = 0;
        foreach (ref readonly KeyValuePair<string, object?> tag in tags)
        {
            uint value = tag.Value switch
            {
                string { Length: > 0 } text => (uint)text.Length + ((uint)text[0] << 8) + ((uint)text[^1] << 16),
                int number => (uint)number,
                _ => 1,
            };
            glance = (glance + value) * Spread;
        }

        return (int)(glance >> (32 - FrontBits));
    }

    /// <summary>Finds the series of a set of tags the long way, whether or not the set is remembered.</summary>
    internal TagSeries? Bind(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        // The application's own code may run here, so nothing is locked.
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

    /// <summary>Visits every series, and forgets those of which the visitor says so. The visitor calls nothing of the application's.</summary>
    internal void ForgetIf(Predicate<TagSeries> visit)
    {
        lock (_lock)
        {
            int before = _series.Count;

            // Removing what was just visited does not disturb the enumeration of a dictionary.
            foreach ((_, TagSeries series) in _series)
            {
                if (visit(series))
                {
                    _ = _series.Remove(series.Key);
                    series.Forms.ForEach(form => _forms.TryRemove(form, out _));
                }
            }

            if (_series.Count < before && _front.Length > 0)
            {
                Volatile.Write(ref _front, new TagForm?[1 << FrontBits]);
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

    /// <summary>Tells how often remembered tags were repaired since the last call.</summary>
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

    private static MetricDimension[] OverflowOf(MetricDimension[] dimensions) => [.. dimensions.Select(d => d with { Value = Aggregation.SeriesFactory.Other })];

    // Values hold no control character by now, so no two sets are written alike.
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
            // Samples over the registry's budget are all one series, so nothing need be remembered of them. Levels and totals must be told apart.
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

            // A set whose change went into the common level must find it again, as long as that does not stand at 0.
            return _kind == InstrumentKind.Level && _overflows.Count > 0 ? _overflows.GetValueOrDefault(KeyOf(OverflowOf(dimensions))) : null;
        }
    }

    /// <summary>Over the budget nothing more is remembered: the levels of further tag sets are one.</summary>
    private TagSeries? BindOverflow(MetricDimension[] dimensions)
    {
        if (_kind == InstrumentKind.Cumulative)
        {
            // The growth of a total is only known where the total before is remembered.
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
            // It may have left since it was bound.
            if (_forms.Count < _maxSeries * MaxFormsPerSeries && _series.GetValueOrDefault(series.Key) == series && _forms.TryAdd(form, form))
            {
                series.Forms.Add(form);
                if (_front.Length == 0)
                {
                    Volatile.Write(ref _front, new TagForm?[1 << FrontBits]);
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
