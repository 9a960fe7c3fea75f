namespace CloudObserve.Insights;

/// <summary>Holds what a query has read so far.</summary>
/// <param name="RecordsScanned">The number of events that were read.</param>
/// <param name="RecordsMatched">The number of events that passed the filters before the first command that needs all rows.</param>
/// <param name="BytesScanned">The number of bytes of the messages that were read.</param>
public readonly record struct InsightsStatistics(long RecordsScanned, long RecordsMatched, long BytesScanned);
