namespace CloudObserve.Audit.Insights;

/// <summary>What is counted apart: CloudTrail compares each operation with itself, and each error of it.</summary>
internal readonly record struct InsightKey(AuditInsightType Type, string EventSource, string EventName, string? ErrorCode);
