namespace CloudObserve.Monitoring;

/// <summary>Represents an entry of an alarm's history.</summary>
/// <param name="AlarmName">The name of the alarm.</param>
/// <param name="Timestamp">The time of the entry.</param>
/// <param name="HistoryItemType"><c>StateUpdate</c>, <c>ConfigurationUpdate</c> or <c>Action</c>.</param>
/// <param name="HistorySummary">The text of the entry as CloudWatch writes it.</param>
/// <param name="HistoryData">The details as JSON as CloudWatch writes them.</param>
public sealed record AlarmHistoryItem(
    string AlarmName, DateTimeOffset Timestamp, string HistoryItemType, string HistorySummary, string HistoryData);
