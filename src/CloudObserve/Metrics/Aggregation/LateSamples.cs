using System.Globalization;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Metrics.Aggregation;

/// <summary>Samples that came with a time of their own: one table for each series and period.</summary>
/// <remarks>Late data is not a hot path, so a lock serves. It is held for one addition.</remarks>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class LateSamples(LossLedger ledger)
{
    /// <summary>How many tables may wait for the next publication; a sample that needs one more is lost as <see cref="LossReason.BufferFull"/>.</summary>
    internal const int MaxTables = 20_000;

    private readonly Lock _gate = new();
    private Dictionary<(SeriesIdentity Series, DateTimeOffset Period), ValueTable> _tables = [];
    private bool _closed;

    /// <summary>Adds a sample and books it as accepted, or books why it was not.</summary>
    /// <returns>Why the sample was refused, or <see langword="null"/>.</returns>
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

    /// <summary>Says in words why a sample was refused.</summary>
    internal static string RefusalDetail(LossReason refused) => refused == LossReason.Closed
        ? "the publisher is closed"
        : string.Create(CultureInfo.InvariantCulture, $"more than {MaxTables} late series and periods wait to be sent");

    /// <summary>Hands every table to the visitor, once.</summary>
    internal void Drain(bool closing, Action<SeriesIdentity, ValueTable, DateTimeOffset> visit)
    {
        Dictionary<(SeriesIdentity Series, DateTimeOffset Period), ValueTable> drained;
        lock (_gate)
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
        lock (_gate)
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
