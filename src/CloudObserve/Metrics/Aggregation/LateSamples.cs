using System.Globalization;
using CloudObserve.Delivery;
using CloudObserve.Pipeline.Batches;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>Holds the samples that were given a timestamp: one table for each series and period.</summary>
/// <remarks>Late data is not a hot path, so a lock is fast enough. It is held for one addition.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LateSamples(LossLedger ledger)
{
    /// <summary>
    /// The maximum number of tables waiting for the next publication. A sample that needs one more is lost as
    /// <see cref="LossReason.BufferFull"/>.
    /// </summary>
    internal const int MaxTables = 20_000;

    private readonly Lock _lock = new();
    private Dictionary<(SeriesIdentity Series, DateTimeOffset Period), ValueTable> _tables = [];
    private bool _closed;

    /// <summary>Adds a sample and its roll-ups.</summary>
    /// <remarks>Every addition is counted as accepted here. A refused sample is counted by the caller; a refused roll-up is counted
    /// here.</remarks>
    /// <returns>The reason why the sample was refused, or <see langword="null"/>.</returns>
    internal LossReason? Put(SeriesState series, DateTimeOffset timestamp, double value)
    {
        LossReason? refused = TryAdd(series.Identity, PeriodClock.Floor(timestamp, series.Identity.Resolution), value);
        foreach (SeriesState target in refused is null ? series.RollUps : [])
        {
            if (TryAdd(target.Identity, PeriodClock.Floor(timestamp, target.Identity.Resolution), value) is { } lost)
            {
                ledger.Refuse(lost, $"a late sample could not be rolled up to {target.Identity}: {RefusalDetail(lost)}.");
            }
        }

        return refused;
    }

    /// <summary>Describes why a sample was refused.</summary>
    internal static string RefusalDetail(LossReason refused) => refused == LossReason.Closed
        ? "the publisher is closed"
        : string.Create(CultureInfo.InvariantCulture, $"{MaxTables} late series and periods are already waiting to be sent");

    /// <summary>Passes every table to the visitor, once.</summary>
    internal void Drain(bool closing, Action<SeriesIdentity, ValueTable, DateTimeOffset> visit)
    {
        Dictionary<(SeriesIdentity Series, DateTimeOffset Period), ValueTable> drained;
        lock (_lock)
        {
            _closed |= closing;
            if (_tables.Count == 0)
            {
                return;
            }

            drained = _tables;
            _tables = [];
        }

        foreach (((SeriesIdentity series, DateTimeOffset period), ValueTable table) in drained)
        {
            visit(series, table, period);
        }
    }

    private LossReason? TryAdd(SeriesIdentity series, DateTimeOffset period, double value)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return LossReason.Closed;
            }

            if (!_tables.TryGetValue((series, period), out ValueTable? table))
            {
                if (_tables.Count == MaxTables)
                {
                    return LossReason.BufferFull;
                }

                _tables[(series, period)] = table = new ValueTable();
            }

            table.Add(value);
            ledger.Accept(1);
            return null;
        }
    }
}
