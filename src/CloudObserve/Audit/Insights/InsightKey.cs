namespace CloudObserve.Audit.Insights;

/// <summary>Identifies a rate.</summary>
/// <remarks>As in CloudTrail, each operation and each of its errors has its own rate.</remarks>
internal readonly record struct InsightKey(AuditInsightType Type, string EventSource, string EventName, string? ErrorCode);
