using CloudObserve.Monitoring.Insights.Values;

namespace CloudObserve.Monitoring.Insights.Stages;

/// <summary>Represents a step of a query that takes all rows together.</summary>
/// <param name="rows">The rows in their order.</param>
/// <param name="cancellationToken">The token that ends the step.</param>
/// <returns>The rows of the result, in their order.</returns>
internal delegate List<LogRow> ListStage(List<LogRow> rows, CancellationToken cancellationToken);
