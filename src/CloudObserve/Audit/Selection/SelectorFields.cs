namespace CloudObserve.Audit.Selection;

/// <summary>Contains the fields for selectors, and reads their values from an event.</summary>
internal static class SelectorFields
{
    internal const string EventCategory = "eventCategory";
    internal const string ReadOnly = "readOnly";
    internal const string ResourcesType = "resources.type";

    internal static readonly string[] All =
    [
        EventCategory, ReadOnly, "eventName", "eventSource", "eventType", "errorCode", ResourcesType, "resources.ARN", "userIdentity.arn",
    ];

    internal static IEnumerable<string> ValuesOf(string field, AuditEvent auditEvent, string source) => field switch
    {
        ReadOnly => [auditEvent.ReadOnly ? "true" : "false"],
        "eventName" => [auditEvent.EventName],
        "eventSource" => [auditEvent.EventSource ?? source],
        "eventType" => [auditEvent.EventType ?? "AwsApiCall"],
        "errorCode" => IfAny(auditEvent.ErrorCode),
        ResourcesType => auditEvent.Resources.SelectMany(r => IfAny(r.Type)),
        "resources.ARN" => auditEvent.Resources.Select(r => r.Arn),
        "userIdentity.arn" => IfAny(auditEvent.UserIdentity.Arn),
        _ => [],
    };

    private static IEnumerable<string> IfAny(string? value) => value is null ? [] : [value];
}
