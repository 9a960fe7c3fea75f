namespace CloudObserve.Monitoring.Expressions.Selections;

/// <summary>Represents the clause <c>ORDER BY</c>.</summary>
/// <param name="Function">The function that makes a number of each time series.</param>
/// <param name="Descends">Whether the largest number comes first.</param>
internal sealed record SelectOrder(SelectFunction Function, bool Descends);
