using System.Runtime.CompilerServices;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>A <see cref="SeriesProbe"/> that is kept: the way a caller names a series, before defaults and configuration are applied.</summary>
internal sealed class SeriesKey(in SeriesProbe probe)
{
    // As an array, which a look-up compares without a call for each dimension.
    private readonly MetricDimension[] _dimensions = probe.Dimensions.ToArray();

    internal string Namespace { get; } = probe.Namespace;

    internal string Name { get; } = probe.Name;

    internal MetricUnit Unit { get; } = probe.Unit;

    internal IReadOnlyList<MetricDimension> Dimensions => _dimensions;

    internal SeriesProbe AsProbe() => new(Namespace, Name, Unit, _dimensions);

    /// <summary>Tells whether a caller names the same series, first of all by the very same texts, which is how literals and kept values come.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Matches(string @namespace, string name, MetricUnit unit, ReadOnlySpan<MetricDimension> given)
    {
        MetricDimension[] kept = _dimensions;
        if (kept.Length != given.Length || unit != Unit || !ReferenceEquals(name, Name) || !ReferenceEquals(@namespace, Namespace))
        {
            return Matches(new SeriesProbe(@namespace, name, unit, given));
        }

        for (int i = 0; i < kept.Length; i++)
        {
            if (!ReferenceEquals(given[i].Value, kept[i].Value) || !ReferenceEquals(given[i].Name, kept[i].Name))
            {
                return Matches(new SeriesProbe(@namespace, name, unit, given));
            }
        }

        return true;
    }

    /// <summary>Tells whether a caller names the same series, with its dimensions in whatever order.</summary>
    // Apart from the search, so that both keep what they need in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool Matches(in SeriesProbe probe)
    {
        ReadOnlySpan<MetricDimension> given = probe.Dimensions;
        ReadOnlySpan<MetricDimension> kept = _dimensions;
        if (given.Length != kept.Length || probe.Unit != Unit || probe.Name != Name || probe.Namespace != Namespace)
        {
            return false;
        }

        for (int i = 0; i < given.Length; i++)
        {
            // Callers nearly always give one order, so the same place is tried first.
            if (given[i].Value != kept[i].Value || given[i].Name != kept[i].Name)
            {
                return ContainsAll(kept, given, withValues: true) && ContainsAll(given, kept, withValues: true);
            }
        }

        return true;
    }

    /// <summary>Tells whether a caller names a series of the same metric with the same names of dimensions, whatever their values.</summary>
    internal bool MatchesNames(in SeriesProbe probe) =>
        probe.Dimensions.Length == _dimensions.Length && probe.Unit == Unit && probe.Name == Name && probe.Namespace == Namespace
        && ContainsAll(_dimensions, probe.Dimensions, withValues: false) && ContainsAll(probe.Dimensions, _dimensions, withValues: false);

    // Asked in both directions: a probe that repeats a name would otherwise pass for a set that it is only a part of.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool ContainsAll(ReadOnlySpan<MetricDimension> whole, ReadOnlySpan<MetricDimension> part, bool withValues)
    {
        foreach (ref readonly MetricDimension dimension in part)
        {
            if (!Contains(whole, dimension, withValues))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Contains(ReadOnlySpan<MetricDimension> kept, in MetricDimension dimension, bool withValues)
    {
        foreach (ref readonly MetricDimension other in kept)
        {
            if (dimension.Name == other.Name && (!withValues || dimension.Value == other.Value))
            {
                return true;
            }
        }

        return false;
    }
}
