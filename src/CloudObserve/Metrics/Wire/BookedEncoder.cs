using CloudObserve.Diagnostics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Pipeline.Delivery;

namespace CloudObserve.Metrics.Wire;

/// <summary>Keeps the books right when encoding fails: samples that were drained and never got into a batch are lost, and not in flight for ever.</summary>
/// <remarks>A fault with one series costs that series' samples of one period; those of all others go on.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class BookedEncoder(IMetricEncoder encoder, LossLedger ledger, IDiagnosticEvents events)
{
    // Such a fault is likely to strike every series alike, so it is told once a publication.
    private bool _told;

    /// <summary>Adds the samples of one series in one period. It never throws: whoever drains series must be able to go on.</summary>
    internal void Add(SeriesIdentity series, ValueTable table, DateTimeOffset periodStart)
    {
        long before = encoder.Taken;
        try
        {
            encoder.Add(series, table, periodStart);
        }
        catch (Exception fault)
        {
            ledger.Lose(LossReason.EncodingFailed, table.Count - (encoder.Taken - before), $"samples of metric {series} could not be encoded: {fault.Message}");
            if (!_told)
            {
                _told = true;
                events.InternalError($"encoding metric {series}", fault);
            }
        }
    }

    internal List<Batch> TakeBatches()
    {
        _told = false;
        return encoder.TakeBatches();
    }
}
