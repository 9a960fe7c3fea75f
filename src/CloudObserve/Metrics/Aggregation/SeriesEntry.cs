namespace CloudObserve.Metrics.Aggregation;

/// <summary>
/// One entry of a <see cref="SeriesTable"/> or a <see cref="SeriesCache"/>: the key a caller uses for a series, and the series.
/// </summary>
/// <threadsafety>Immutable; safe for concurrent use.</threadsafety>
internal sealed class SeriesEntry(ulong hash, SeriesKey key, SeriesState state)
{
    internal readonly ulong Hash = hash;
    internal readonly SeriesKey Key = key;
    internal readonly SeriesState State = state;
}
