using CloudObserve.Filters.Transformations;
using CloudObserve.Pipeline.Delivery;
using CloudObserve.Sinks.Local.Storage;

namespace CloudObserve.Sinks.Local.Ingestion;

/// <summary>Handles <c>PutMetricFilter</c>. The log group need not exist, because the CloudWatch sink would create it.</summary>
/// <threadsafety>Safe for concurrent use.</threadsafety>
internal sealed class PutMetricFilterOperation(MetricFilterStore filters) : ILocalOperation
{
    public SendResult Apply(ReadOnlySpan<byte> body, Arrival arrival)
    {
        PutMetricFilterBody request = PutMetricFilterReader.Read(body);
        LogNameRules.CheckGroup(request.LogGroupName, "logGroupName");
        if (request.Transformations != 1)
        {
            throw LogErrors.Constraint("metricTransformations", "Member must have length equal to 1");
        }

        if (request.UnknownUnit is not null)
        {
            throw LogErrors.Constraint("metricTransformations.1.member.unit", $"Member must satisfy enum value set: {UnitNames.List}");
        }

        if (request.FilterName is null || request.Filter.Pattern is null)
        {
            throw LogErrors.Constraint(request.FilterName is null ? "filterName" : "filterPattern", "Member must not be null");
        }

        // The account and the region are known to the service, so system fields are available.
        request.Filter.Provision = true;
        if (MetricFilterRules.Check(request.FilterName, request.Filter).FirstOrDefault() is { } fault)
        {
            throw LogErrors.Invalid(fault.ServiceMessage ?? $"Invalid metric filter: {(fault.Key.Length == 0 ? "filterName" : fault.Key)} is '{fault.Value}', but {fault.Rule}");
        }

        filters.Put(request.LogGroupName!, MetricFilterDefinition.Create(request.FilterName, request.Filter, request.LogGroupName!), arrival.Time);
        return SendResult.Delivered();
    }
}
