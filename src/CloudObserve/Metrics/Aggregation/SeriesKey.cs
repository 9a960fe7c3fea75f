using System.Runtime.CompilerServices;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>A stored <see cref="SeriesProbe"/>: a series as the caller names it, before defaults and configuration are applied.</summary>
internal sealed class SeriesKey(in SeriesProbe probe)
{
    // An array, so that a look-up compares dimensions without a call for each.
    private readonly MetricDimension[] _dimensions = probe.Dimensions.ToArray();

    internal string Namespace { get; } = probe.Namespace;

    internal string Name { get; } = probe.Name;

    internal MetricUnit Unit { get; } = probe.Unit;

    internal IReadOnlyList<MetricDimension> Dimensions => _dimensions;

    internal SeriesProbe AsProbe() => new(Namespace, Name, Unit, _dimensions);

    /// <summary>Determines whether a caller names the same series.</summary>
    /// <remarks>Compares string references first, because callers usually pass literals or cached strings.</remarks>
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

    /// <summary>Determines whether a caller names the same series, with its dimensions in any order.</summary>
    // Not inlined, so that this method and its caller each keep their variables in registers.
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
            // Callers nearly always use the same order, so the same position is compared first.
            if (given[i].Value != kept[i].Value || given[i].Name != kept[i].Name)
            {
                return ContainsAll(kept, given, withValues: true) && ContainsAll(given, kept, withValues: true);
            }
        }

        return true;
    }

    /// <summary>
    /// Determines whether a caller names a series of the same metric with the same dimension names, whatever their values.
    /// </summary>
    internal bool MatchesNames(in SeriesProbe probe) =>
        probe.Dimensions.Length == _dimensions.Length && probe.Unit == Unit && probe.Name == Name && probe.Namespace == Namespace
        && ContainsAll(_dimensions, probe.Dimensions, withValues: false) && ContainsAll(probe.Dimensions, _dimensions, withValues: false);

    // Checked in both directions: otherwise a probe that repeats a name would match a set that has more names.
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
