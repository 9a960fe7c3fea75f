namespace CloudObserve.Audit.Insights;

/// <summary>Creates the event of an insight, with the members of CloudTrail's Insights records.</summary>
internal static class InsightRecord
{
    internal static AuditEvent Of(AuditInsight insight) => new(insight.EventName)
    {
        EventTime = insight.Time,
        EventSource = insight.EventSource,
        EventType = "AwsCloudTrailInsight",
        EventCategory = AuditEventCategory.Insight,
        ReadOnly = true,
        SharedEventId = insight.Id,
        InsightDetails = Details(insight),
    };

    private static AuditData Details(AuditInsight insight)
    {
        AuditData details = new()
        {
            ["state"] = insight.State.ToString(),
            ["eventSource"] = insight.EventSource,
            ["eventName"] = insight.EventName,
            ["insightType"] = insight.Type == AuditInsightType.ApiCallRate ? "ApiCallRateInsight" : "ApiErrorRateInsight",
        };
        if (insight.ErrorCode is not null)
        {
            details["errorCode"] = insight.ErrorCode;
        }

        details["insightContext"] = new AuditData
        {
            ["statistics"] = new AuditData
            {
                ["baseline"] = new AuditData { ["average"] = insight.BaselineAverage },
                ["insight"] = new AuditData { ["average"] = insight.Average },
                ["insightDuration"] = (long)insight.Duration.TotalMinutes,
                ["baselineDuration"] = (long)insight.BaselineDuration.TotalMinutes,
            },
            ["attributions"] = Attributions(insight),
        };
        return details;
    }

    private static AuditValue[] Attributions(AuditInsight insight) =>
    [
        .. insight.Attributions.GroupBy(static value => value.Attribute, StringComparer.Ordinal)
            .Select(static attribute => (AuditValue)new AuditData
        {
            ["attribute"] = attribute.Key,
            ["insight"] = Values(attribute.Where(static value => !value.IsBaseline)),
            ["baseline"] = Values(attribute.Where(static value => value.IsBaseline)),
        }),
    ];

    private static AuditValue[] Values(IEnumerable<AuditInsightAttribution> values) =>
        [.. values.Select(static value => (AuditValue)new AuditData { ["value"] = value.Value, ["average"] = value.Average })];
}
