namespace CloudObserve.Audit;

/// <summary>What is unusual.</summary>
public enum AuditInsightType
{
    /// <summary>How often management events that write are recorded: CloudTrail's <c>ApiCallRateInsight</c>.</summary>
    ApiCallRate = 0,

    /// <summary>How often events fail with one error code: CloudTrail's <c>ApiErrorRateInsight</c>.</summary>
    ApiErrorRate,
}
