using CloudObserve.Contracts;
using CloudObserve.Delivery;
using CloudObserve.Local;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Handles <c>PutMetricData</c>. Entities are checked but not stored, because no query returns them.</summary>
/// <threadsafety>Safe for concurrent use: parsing and checking share no state, and the store locks for the one step that
/// applies.</threadsafety>
internal sealed class PutMetricDataOperation(MetricStore store) : ILocalOperation
{
    public SendResult Apply(ReadOnlySpan<byte> body, Arrival arrival)
    {
        if (body.Length > ServiceLimits.PutMetricData.MaxRequestBytes)
        {
            throw new CloudWatchException(
                ErrorCodes.RequestEntityTooLarge,
                $"The request has {body.Length} bytes, which exceeds the limit of {ServiceLimits.PutMetricData.MaxRequestBytes}.");
        }

        PutMetricDataBody request = PutMetricDataReader.Read(body);
        store.Apply(Check(request, arrival.Time), arrival);
        return SendResult.Delivered();
    }

    private static List<Observation> Check(PutMetricDataBody request, DateTimeOffset now)
    {
        NamespaceRules.Check(request.Namespace, "Namespace");
        List<WireEntityMetricData> entities = request.EntityMetricData ?? [];
        CheckNumber(request.MetricData.Count + entities.Sum(item => item.MetricData.Count));
        if (request is { EntityMetricData: not null, StrictEntityValidation: null })
        {
            throw ErrorCodes.Combination("Field StrictEntityValidation is required when setting EntityMetricData");
        }

        DatumChecker checker = new(request.Namespace!, now);
        List<Observation> observations = [];
        Check(request.MetricData, "MetricData", checker, observations);
        for (int i = 0; i < entities.Count; i++)
        {
            // CloudWatch: without strict validation, the datums of an invalid entity are still accepted.
            if (request.StrictEntityValidation == true && EntityRules.FindFault(entities[i]) is { } fault)
            {
                throw new CloudWatchException(ErrorCodes.InvalidParameterValue, fault);
            }

            Check(entities[i].MetricData, $"EntityMetricData.member.{i + 1}.MetricData", checker, observations);
        }

        return observations;
    }

    private static void CheckNumber(int datums)
    {
        if (datums == 0)
        {
            throw new CloudWatchException(ErrorCodes.MissingParameter, "At least one MetricDatum object must be present in the request.");
        }

        if (datums > ServiceLimits.PutMetricData.MaxDatums)
        {
            throw ErrorCodes.TooMany("MetricData", ServiceLimits.PutMetricData.MaxDatums);
        }
    }

    private static void Check(List<WireDatum> datums, string path, DatumChecker checker, List<Observation> observations)
    {
        for (int i = 0; i < datums.Count; i++)
        {
            observations.Add(checker.Check(datums[i], $"{path}.member.{i + 1}"));
        }
    }
}
