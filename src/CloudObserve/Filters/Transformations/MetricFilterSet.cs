using System.Numerics;
using CloudObserve.Delivery;
using CloudObserve.LogEvents.Routing;
using CloudObserve.Logs;

namespace CloudObserve.Filters.Transformations;

/// <summary>Represents the active metric filters, compiled so that one pass over an event serves all of them.</summary>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class MetricFilterSet
{
    private const int BitsPerWord = 64;

    private readonly MetricFilter[] _filters;
    private readonly FilterPatternSet _patterns;
    private readonly ulong[] _matches;
    private readonly ulong[] _haveDefault;
    private readonly FilterCapture[] _captures;
    private readonly Dictionary<string, ulong[]> _byGroup = new(StringComparer.Ordinal);
    private readonly ulong[] _everywhere;

    // Consecutive events usually have the same route.
    private LogRoute? _lastRoute;
    private ulong[] _lastScope = [];

    internal MetricFilterSet(IReadOnlyList<MetricFilter> filters)
    {
        _filters = [.. filters];
        _patterns = new FilterPatternSet([.. _filters.Select(filter => filter.Definition.Extractor)]);
        _matches = new ulong[_patterns.MatchWords];
        _captures = new FilterCapture[_patterns.CaptureCount];
        _haveDefault = Bits(filter => filter.HasDefault);
        _everywhere = Bits(filter => filter.Definition.LogGroups.Length == 0);
        foreach (string group in _filters.SelectMany(filter => filter.Definition.LogGroups).Distinct(StringComparer.Ordinal))
        {
            _byGroup[group] = Bits(
                filter => filter.Definition.LogGroups.Length == 0 || filter.Definition.LogGroups.Contains(group, StringComparer.Ordinal));
        }
    }

    internal IReadOnlyList<MetricFilter> Filters => _filters;

    /// <summary>Passes an event to all filters of its log group.</summary>
    /// <returns>The loss reason if a filter withholds the event; otherwise <see langword="null"/>.</returns>
    internal LossReason? See(LogRoute route, DateTimeOffset time, DateTimeOffset now, ReadOnlySpan<byte> text)
    {
        ulong[] scope = ScopeOf(route);
        _ = _patterns.Match(text, _matches, _captures);
        LossReason? kept = null;
        for (int word = 0; word < _matches.Length; word++)
        {
            ulong matched = _matches[word] & scope[word];
            for (ulong left = _haveDefault[word] & scope[word] & ~matched; left != 0; left &= left - 1)
            {
                _filters[IndexOf(word, left)].TakeDefault(time, now);
            }

            for (ulong left = matched; left != 0; left &= left - 1)
            {
                kept = Stronger(kept, Take(IndexOf(word, left), route, time, now, text));
            }
        }

        return kept;
    }

    private static LossReason? Stronger(LossReason? one, LossReason? other) =>
        one == LogLossReasons.DiscardedByFilter || other is null ? one : other;

    private static int IndexOf(int word, ulong bits) => (word * BitsPerWord) + BitOperations.TrailingZeroCount(bits);

    // Only a filter whose metric has counted the event may withhold it.
    private LossReason? Take(int index, LogRoute route, DateTimeOffset time, DateTimeOffset now, ReadOnlySpan<byte> text)
    {
        MetricFilter filter = _filters[index];
        return filter.Take(route.LogGroup, text, _captures.AsSpan(_patterns.FirstCapture(index)), time, now) ? filter.KeepTaken() : null;
    }

    private ulong[] Bits(Func<MetricFilter, bool> isSet)
    {
        ulong[] bits = new ulong[_patterns.MatchWords];
        for (int i = 0; i < _filters.Length; i++)
        {
            bits[i / BitsPerWord] |= isSet(_filters[i]) ? 1UL << (i % BitsPerWord) : 0;
        }

        return bits;
    }

    private ulong[] ScopeOf(LogRoute route)
    {
        if (route != _lastRoute)
        {
            _lastRoute = route;
            _lastScope = _byGroup.GetValueOrDefault(route.LogGroup, _everywhere);
        }

        return _lastScope;
    }
}
