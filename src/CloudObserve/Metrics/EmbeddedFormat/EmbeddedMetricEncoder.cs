using System.Buffers;
using CloudObserve.Contracts;
using CloudObserve.Delivery;
using CloudObserve.Diagnostics;
using CloudObserve.Metrics.Aggregation;
using CloudObserve.Metrics.Wire;
using CloudObserve.Pipeline.Batches;

namespace CloudObserve.Metrics.EmbeddedFormat;

/// <summary>Encodes collected series as documents of the embedded metric format, with as many metrics in each as fit.</summary>
/// <remarks>Documents stay open until they are taken, because metrics that share a document arrive in any order.</remarks>
/// <threadsafety>Not safe for concurrent use.</threadsafety>
internal sealed class EmbeddedMetricEncoder(int maxSamplesPerSeries, IDocumentOutput output, LossLedger ledger, IDiagnosticEvents events)
    : IMetricEncoder
{
    private readonly Dictionary<DocumentKey, List<EmbeddedMetricDocument>> _open = [];
    private readonly RepeatedValues _samples = new();
    private readonly double[] _chunk = new double[ServiceLimits.EmbeddedMetrics.MaxValues];
    private readonly ArrayBufferWriter<byte> _text = new();

    public long Taken { get; private set; }

    public void Add(SeriesIdentity series, ValueTable table, DateTimeOffset periodStart)
    {
        long omitted = _samples.Load(table, maxSamplesPerSeries);
        if (omitted > 0)
        {
            Omit(series, omitted);
        }

        List<EmbeddedMetricDocument> documents = DocumentsOf(series, periodStart);
        int place = 0;
        for (int count = _samples.Take(_chunk); count > 0; count = _samples.Take(_chunk))
        {
            // A document holds a metric name once, so the search for the next chunk begins behind this document.
            place = Place(documents, place, series, _chunk.AsSpan(0, count), periodStart) + 1;
            Taken += count;
        }
    }

    public List<Batch> TakeBatches()
    {
        foreach (EmbeddedMetricDocument document in _open.Values.SelectMany(d => d))
        {
            try
            {
                Append(document);
            }
            catch (Exception exception)
            {
                // No other component owns samples that were taken over, so they are counted as lost here. The other documents must still be
                // sent.
                ledger.Lose(LossReason.EncodingFailed, document.Weight,
                    $"an embedded metric document could not be written: {exception.Message}");
                events.InternalError("writing an embedded metric document", exception);
            }
        }

        _open.Clear();
        return output.TakeBatches();
    }

    private List<EmbeddedMetricDocument> DocumentsOf(SeriesIdentity series, DateTimeOffset time)
    {
        DocumentKey key = new(series, time);
        if (!_open.TryGetValue(key, out List<EmbeddedMetricDocument>? documents))
        {
            _open[key] = documents = [];
        }

        return documents;
    }

    private int Place(
        List<EmbeddedMetricDocument> documents, int from, SeriesIdentity series, ReadOnlySpan<double> values, DateTimeOffset time)
    {
        for (int i = from; i < documents.Count; i++)
        {
            if (documents[i].TryAdd(series, values, output.PreferredBytes))
            {
                return i;
            }
        }

        EmbeddedMetricDocument document = new(series, time);
        _ = document.TryAdd(series, values, output.PreferredBytes);
        documents.Add(document);
        return documents.Count - 1;
    }

    private void Append(EmbeddedMetricDocument document)
    {
        _text.ResetWrittenCount();
        document.WriteTo(_text);
        if (output.TryAppend(_text.WrittenSpan, document.Weight, document.Time + ServiceLimits.MaxAge) is { } refused)
        {
            ledger.Lose(refused, document.Weight, $"an embedded metric document of {_text.WrittenCount} bytes was not added to a batch.");
        }
    }

    private void Omit(SeriesIdentity series, long omitted)
    {
        Taken += omitted;
        ledger.LoseToMisuse(
            MetricLossReasons.SampleBudget,
            omitted,
            series.Name,
            $"The metric has more samples in one period than EmbeddedMetricFormat:MaxSamplesPerSeries ({maxSamplesPerSeries}) "
                + "allows. Raise the limit, or publish by PutMetricData, which sends a count for each value");
    }
}
