using System.Diagnostics.CodeAnalysis;

namespace CloudObserve.Sinks.Local.Storage;

/// <summary>The series of the store, kept within the bounds on their number and their memory.</summary>
/// <threadsafety>Not safe for concurrent use; guarded by the store's lock.</threadsafety>
internal sealed class SeriesTable(int maxSeries, long maxBytes)
{
    /// <summary>A metric that got nothing for so long may go before data of living metrics does.</summary>
    private const long SilentAfter = 3600;

    /// <summary>While there are several metrics, their common history is not cut below this; whole metrics go instead.</summary>
    private const long MinHistory = 3600;

    /// <summary>The fraction of history that one step cuts off.</summary>
    private const int HistoryStep = 8;

    // Each series is one node, the longest silent first.
    private readonly LinkedList<StoredSeries> _bySilence = new();
    private readonly Dictionary<MetricIdentity, LinkedListNode<StoredSeries>> _nodes = [];
    private long _lastId;

    internal int Count => _nodes.Count;

    internal long Bytes { get; private set; }

    internal long DroppedSeries { get; private set; }

    internal long DroppedDatapoints { get; private set; }

    /// <summary>Gets all series, the longest silent first.</summary>
    internal IEnumerable<StoredSeries> All => _bySilence;

    /// <summary>Finds a series and brings its resolutions up to date.</summary>
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

    // Goes a tenth below the bound, so that a full table does not pay for this with every datum.
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

        // The last series standing gives up all the history it must, so the bound holds whatever comes in.
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
