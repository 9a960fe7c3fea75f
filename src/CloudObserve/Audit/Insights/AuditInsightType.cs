namespace CloudObserve.Audit;

/// <summary>Specifies the kind of an unusual rate.</summary>
public enum AuditInsightType
{
    /// <summary>The rate of management events that write: CloudTrail's <c>ApiCallRateInsight</c>.</summary>
    ApiCallRate = 0,

    /// <summary>The rate of events with one error code: CloudTrail's <c>ApiErrorRateInsight</c>.</summary>
    ApiErrorRate,
}
