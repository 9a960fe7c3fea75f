using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Takes the body of <c>PutMetricData</c>.</summary>
/// <threadsafety>Safe for concurrent use: parsing and checking share nothing, the store locks for the one step that applies.</threadsafety>
internal sealed class PutMetricDataOperation(MetricStore store, TimeProvider clock) : ILocalOperation
{
    public SendResult Apply(ReadOnlySpan<byte> body)
    {
        if (body.Length > PutMetricDataLimits.MaxBodyBytes)
        {
            throw new CloudWatchException(
                ErrorCodes.RequestEntityTooLarge,
                $"The request has {body.Length} bytes, which exceeds the limit of {PutMetricDataLimits.MaxBodyBytes}.");
        }

        PutMetricDataBody request = PutMetricDataReader.Read(body);
        NamespaceRules.Check(request.Namespace, "Namespace");
        if (request.MetricData.Count == 0)
        {
            throw ErrorCodes.Required("MetricData");
        }

        DatumChecker checker = new(request.Namespace!, clock.GetUtcNow());
        Observation[] observations = new Observation[request.MetricData.Count];
        for (int i = 0; i < observations.Length; i++)
        {
            observations[i] = checker.Check(request.MetricData[i], i + 1);
        }

        store.Apply(observations);
        return SendResult.Delivered();
    }
}
