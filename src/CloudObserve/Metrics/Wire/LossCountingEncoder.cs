using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Pipeline.Batches;

namespace CloudObserve.Metrics.Wire;

/// <summary>
/// An encoder that counts samples as lost if encoding fails, so that the ledger does not count them as in flight for ever.
/// </summary>
/// <remarks>A fault with one series loses that series' samples of one period; the samples of all other series are sent.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class LossCountingEncoder(IMetricEncoder encoder, LossLedger ledger, IDiagnosticEvents events)
{
    // Such a fault is likely to affect every series, so it is reported once per publication.
    private bool _told;

    /// <summary>Adds the samples of one series in one period. Never throws, so that the caller can continue with the next series.</summary>
    internal void Add(SeriesIdentity series, ValueTable table, DateTimeOffset periodStart)
    {
        long before = encoder.Taken;
        try
        {
            encoder.Add(series, table, periodStart);
        }
        catch (Exception exception)
        {
            ledger.Lose(LossReason.EncodingFailed, table.Count - (encoder.Taken - before),
                $"samples of metric {series} could not be encoded: {exception.Message}");
            if (!_told)
            {
                _told = true;
                events.InternalError($"encoding metric {series}", exception);
            }
        }
    }

    internal List<Batch> TakeBatches()
    {
        _told = false;
        return encoder.TakeBatches();
    }
}
