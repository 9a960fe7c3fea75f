namespace CloudObserve.Monitoring.Insights.Values;

/// <summary>Computes a value from a row.</summary>
/// <param name="row">The row.</param>
internal delegate LogValue RowFunction(LogRow row);
