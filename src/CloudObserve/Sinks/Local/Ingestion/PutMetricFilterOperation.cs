using CloudObserve.Contracts;
using CloudObserve.Delivery;
using CloudObserve.Filters.Transformations;
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
            throw LogErrors.Invalid(
                fault.ServiceMessage
                    ?? $"Invalid metric filter: {(fault.Key.Length == 0 ? "filterName" : fault.Key)} is '{fault.Value}', but {fault.Rule}");
        }

        MetricFilterDefinition definition = MetricFilterDefinition.Create(request.FilterName, request.Filter, request.LogGroupName!);
        StoredMetricFilter filter = new(definition, arrival.Time)
        {
            FieldSelectionCriteria = request.FieldSelectionCriteria,
            IsSelected = IsSelected(request.LogGroupName!, request.FieldSelectionCriteria),
        };
        filters.Put(request.LogGroupName!, filter);
        return SendResult.Delivered();
    }

    // The system fields have the same values for all events of a group.
    private static bool IsSelected(string group, string? criteria)
    {
        if (criteria?.Length > ServiceLimits.PutMetricFilter.MaxFieldSelectionLength)
        {
            throw LogErrors.Constraint(
                "fieldSelectionCriteria",
                $"Member must have length less than or equal to {ServiceLimits.PutMetricFilter.MaxFieldSelectionLength}");
        }

        return string.IsNullOrEmpty(criteria)
            || (FieldSelection.Evaluate(criteria, field => StoredMetricFilter.SystemField(field, group))
                ?? throw LogErrors.Invalid("The provided field selection criteria is invalid"));
    }
}
