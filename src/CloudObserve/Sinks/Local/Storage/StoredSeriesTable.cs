using System.Diagnostics.CodeAnalysis;

namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The series of the store, within the limits of their number and memory.</summary>
/// <threadsafety>Not safe for concurrent use; guarded by the store's lock.</threadsafety>
internal sealed class StoredSeriesTable(int maxSeries, long maxBytes)
{
    /// <summary>The time in seconds after which a metric without new data may be dropped before data of active metrics.</summary>
    private const long SilentAfter = 3600;

    /// <summary>
    /// The minimum history in seconds. While there are several metrics, history is not shortened below it; whole metrics are dropped
    /// instead.
    /// </summary>
    private const long MinHistory = 3600;

    /// <summary>The divisor of the history: one step drops this fraction.</summary>
    private const int HistoryStep = 8;

    // One node per series, sorted by last write, the oldest first.
    private readonly LinkedList<StoredSeries> _bySilence = new();
    private readonly Dictionary<MetricIdentity, LinkedListNode<StoredSeries>> _nodes = [];
    private long _lastId;

    internal int Count => _nodes.Count;

    internal long Bytes { get; private set; }

    internal long DroppedSeries { get; private set; }

    internal long DroppedDatapoints { get; private set; }

    /// <summary>Gets all series, the one without data for longest first.</summary>
    internal IEnumerable<StoredSeries> All => _bySilence;

    /// <summary>Finds a series and rolls its data up to the current time.</summary>
    internal bool TryGet(MetricIdentity identity, long now, [NotNullWhen(true)] out StoredSeries? series)
    {
        series = _nodes.GetValueOrDefault(identity)?.Value;
        if (series is null)
        {
            return false;
        }

        RollUp(series, now);
        return true;
    }

    internal void Add(Observation observation, long now)
    {
        LinkedListNode<StoredSeries> node = _nodes.GetValueOrDefault(observation.Identity) ?? Create(observation.Identity);
        Bytes -= node.Value.Bytes;
        node.Value.Add(observation, now);
        Bytes += node.Value.Bytes;
        _bySilence.Remove(node);
        _bySilence.AddLast(node);
        if (Bytes > maxBytes)
        {
            Shed(now);
        }
    }

    private LinkedListNode<StoredSeries> Create(MetricIdentity identity)
    {
        while (_nodes.Count >= maxSeries)
        {
            DropLongestSilent();
        }

        LinkedListNode<StoredSeries> node = _bySilence.AddLast(new StoredSeries(++_lastId, identity));
        _nodes.Add(identity, node);
        Bytes += node.Value.Bytes;
        return node;
    }

    private void RollUp(StoredSeries series, long now)
    {
        Bytes -= series.Bytes;
        series.RollUp(now);
        Bytes += series.Bytes;
    }

    // Frees down to a tenth below the limit, so that a full table does not pay for this with every datum.
    private void Shed(long now)
    {
        long target = maxBytes - (maxBytes / 10);
        foreach (StoredSeries series in _bySilence)
        {
            RollUp(series, now);
        }

        while (Bytes > target && Count > 1 && now - _bySilence.First!.Value.LastWrite >= SilentAfter)
        {
            DropLongestSilent();
        }

        while (Bytes > target && ShortenHistory(now))
        {
        }

        while (Bytes > target && Count > 1)
        {
            DropLongestSilent();
        }

        // The last series loses as much history as necessary, so the limit always holds.
        while (Bytes > target && ShortenHistory(now))
        {
        }
    }

    private bool ShortenHistory(long now)
    {
        long oldest = _bySilence.Min(series => series.OldestTime);
        long span = now - oldest;
        if (oldest == long.MaxValue || (Count > 1 && span < MinHistory))
        {
            return false;
        }

        long horizon = oldest + Math.Max(1, span / HistoryStep);
        foreach (StoredSeries series in _bySilence)
        {
            Bytes -= series.Bytes;
            DroppedDatapoints += series.DropBefore(horizon);
            Bytes += series.Bytes;
        }

        return true;
    }

    private void DropLongestSilent()
    {
        StoredSeries series = _bySilence.First!.Value;
        _bySilence.RemoveFirst();
        _nodes.Remove(series.Identity);
        Bytes -= series.Bytes;
        DroppedSeries++;
    }
}
