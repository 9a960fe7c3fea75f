using CloudObserve.Pipeline.Batches;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>Drains the series of one resolution into a visitor: merges the stripes of each series and feeds the roll-ups.</summary>
/// <threadsafety>Not safe for concurrent use: its owner runs one collection at a time.</threadsafety>
internal sealed class MetricCollector(SeriesRegistry registry, LossLedger ledger, TimeSpan idleTimeout)
{
    private readonly List<SeriesState> _series = [];
    private readonly HashSet<SeriesState> _rollUpTargets = [];
    private readonly ValueTable _merged = new();

    /// <summary>Passes every sample taken since the last collection to the visitor, once.</summary>
    /// <param name="resolution">The resolution of the series to drain.</param>
    /// <param name="now">The current monotonic time, used to detect idle series.</param>
    /// <param name="closing">Whether to close the series as well.</param>
    /// <param name="visit">Receives the samples of each series. The table is valid during the call only. May be called twice for one
    /// series. Must not throw.</param>
    internal void Collect(StorageResolution resolution, TimeSpan now, bool closing, Action<SeriesIdentity, ValueTable> visit)
    {
        _series.Clear();
        registry.CopyTo(_series);
        _ = _series.RemoveAll(s => s.Identity.Resolution != resolution);
        _rollUpTargets.Clear();
        foreach (SeriesState series in _series)
        {
            _rollUpTargets.UnionWith(series.RollUps);
            Drain(series, now, closing, visit);
        }

        if (!closing)
        {
            ReleaseIdle(now, visit);
            ReleaseUnfolded(resolution, now, visit);
        }

        // Last, because releasing a series may add samples to its roll-ups.
        foreach (SeriesState target in _rollUpTargets)
        {
            VisitRolledUp(target, now, visit);
        }
    }

    private void Drain(SeriesState series, TimeSpan now, bool closing, Action<SeriesIdentity, ValueTable> visit)
    {
        if (closing)
        {
            series.Close_CollectorOnly(_merged.Merge);
        }
        else
        {
            series.Drain_CollectorOnly(_merged.Merge);
        }

        VisitMerged(series, now, visit);
    }

    private void VisitMerged(SeriesState series, TimeSpan now, Action<SeriesIdentity, ValueTable> visit)
    {
        if (_merged.IsEmpty)
        {
            return;
        }

        series.LastActive = now;
        foreach (SeriesState target in series.RollUps)
        {
            // The ledger counts a sample once for every series it is sent in.
            ledger.Accept(_merged.Count);
            target.RollUp_CollectorOnly(_merged);
        }

        visit(series.Identity, _merged);
        _merged.Clear();
    }

    private void ReleaseIdle(TimeSpan now, Action<SeriesIdentity, ValueTable> visit)
    {
        foreach (SeriesState series in _series)
        {
            // A roll-up target is kept while another series may still be rolled up to it.
            if (now - series.LastActive < idleTimeout || _rollUpTargets.Contains(series))
            {
                continue;
            }

            registry.Release(series, _merged.Merge);
            VisitMerged(series, now, visit);
        }
    }

    private void ReleaseUnfolded(StorageResolution resolution, TimeSpan now, Action<SeriesIdentity, ValueTable> visit)
    {
        foreach (SeriesState overflow in registry.TakeUnfolded())
        {
            // A series of another resolution, or one that is a roll-up target, is released when it becomes idle.
            if (overflow.Identity.Resolution == resolution && !overflow.IsClosed && !_rollUpTargets.Contains(overflow))
            {
                _rollUpTargets.UnionWith(overflow.RollUps);
                registry.Release(overflow, _merged.Merge);
                VisitMerged(overflow, now, visit);
            }
        }
    }

    private static void VisitRolledUp(SeriesState target, TimeSpan now, Action<SeriesIdentity, ValueTable> visit)
    {
        if (target.RolledUp is { IsEmpty: false } table)
        {
            target.LastActive = now;
            visit(target.Identity, table);
            table.Clear();
        }
    }
}
