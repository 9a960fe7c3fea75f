using CloudObserve.Monitoring.Insights.Language;
using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Aggregates;

/// <summary>Represents a function of the values of a group.</summary>
/// <param name="Name">The name, as it is written in documentation.</param>
/// <param name="Parameter">The kind of its last argument, which must be constant.</param>
/// <param name="Create">Creates the aggregate of a group from the constant argument.</param>
internal sealed record AggregateFunction(
    string Name, AggregateParameter Parameter, Func<double, QueryPeriod, QueryMemory, Aggregate> Create);
